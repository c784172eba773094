package io.kuber.server.chain;

import com.google.common.primitives.Bytes;
import io.kuber.http.Headers;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import io.kuber.server.format.MediaType;
import io.kuber.server.format.Protobufs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The bytes of an answer, kept for an audit up to a limit, and what they mean. For any thread. */
final class AnswerCopy {
  /** What is larger is left out of the event, which then says so. */
  static final int MOST_BYTES = 16 << 20;

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private final Headers headers;
  private final List<byte[]> parts = new ArrayList<>();
  private int size;
  private boolean isCut;

  AnswerCopy(Headers headers) {
    this.headers = headers;
  }

  synchronized void write(byte[] more) {
    if (isCut || size + more.length > MOST_BYTES) {
      isCut = true;
      parts.clear();
      size = 0;
    } else {
      parts.add(more);
      size += more.length;
    }
  }

  synchronized int size() {
    return size;
  }

  /** Whether there was too much of it. */
  synchronized boolean isCut() {
    return isCut;
  }

  /** The object that the bytes are; empty where they are none, as those of logs and documents. */
  synchronized Optional<Tree> object() {
    if (size == 0) {
      return Optional.empty();
    }
    try {
      byte[] plain = plain();
      return switch (MediaType.ofContent(headers.first("Content-Type").orElse("")).type()) {
        case "application/json" -> Optional.of(Json.parse(plain));
        case "application/yaml" -> Optional.of(Yaml.parse(plain));
        case PROTOBUF -> Optional.of(Protobufs.decode(plain));
        default -> Optional.empty();
      };
    } catch (MalformedException | IOException isNone) {
      return Optional.empty();
    }
  }

  /** An object may unpack to more than was kept of it, but not beyond all bounds. */
  private byte[] plain() throws IOException {
    byte[] whole = Bytes.concat(parts.toArray(new byte[0][]));
    if (!headers.first("Content-Encoding").orElse("").equals("gzip")) {
      return whole;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(whole))) {
      return gzip.readNBytes(MOST_BYTES);
    }
  }
}
