package io.kuber.server.chain;

import io.kuber.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Large answers to reads, compressed for those who accept it (k8s.io/apiserver,
 * pkg/endpoints/handlers/responsewriters/writers.go).
 */
public final class Compression {
  /** Smaller answers are sent faster than compressed. */
  static final int THRESHOLD_BYTES = 128 << 10;

  private Compression() {}

  static Response of(ServerRequest request, Response response) {
    boolean isLarge = response.body().length > THRESHOLD_BYTES && response.status() == 200;
    boolean isDone = response.headers().has("Content-Encoding");
    return isLarge && !isDone && isAccepted(request)
        ? encoded(response, gzip(response.body()))
        : response;
  }

  /**
   * Whether the request is a read whose answer may be compressed. Upstream looks for the bare word
   * too, without a quality.
   */
  public static boolean isAccepted(ServerRequest request) {
    return request.request().method().equals("GET")
        && request.request().headers().elements("Accept-Encoding").contains("gzip");
  }

  /** The answer with a body that {@link #gzip} made. */
  public static Response encoded(Response response, byte[] compressed) {
    return response
        .withBody(compressed)
        .with("Content-Encoding", "gzip")
        .with("Vary", "Accept-Encoding");
  }

  /** The bytes compressed, fast rather than small. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream gzip = new Fast(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream to) throws IOException {
      super(to, 64 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
