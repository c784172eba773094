package io.kuber.server.route;

import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts the resourceVersion into the bytes of an object without parsing them.
 *
 * <p>The store's bytes begin with kind, apiVersion and metadata, so that the first brace behind
 * {@code "metadata":} is the one of the object's own metadata.
 */
final class Splice {
  private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.US_ASCII);

  private Splice() {}

  /** The JSON of an object as clients see it. */
  static byte[] json(Stored stored) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(stored.value().length + 40);
    write(stored, stored.revision(), out);
    return out.toByteArray();
  }

  /** Appends the JSON of an object, with a resourceVersion that may be newer than its own. */
  static void write(Stored stored, long revision, ByteArrayOutputStream out) {
    byte[] value = stored.value();
    int brace = behindMetadata(value);
    boolean empty = value[brace] == '}';
    String version = "\"resourceVersion\":\"" + revision + (empty ? "\"" : "\",");
    out.write(value, 0, brace);
    out.writeBytes(version.getBytes(StandardCharsets.US_ASCII));
    out.write(value, brace, value.length - brace);
  }

  private static int behindMetadata(byte[] value) {
    int last = value.length - METADATA.length;
    for (int i = 0; i <= last; i++) {
      if (value[i] == '"' && matches(value, i)) {
        return i + METADATA.length;
      }
    }
    throw new IllegalStateException("a stored object without metadata");
  }

  private static boolean matches(byte[] value, int at) {
    for (int i = 1; i < METADATA.length; i++) {
      if (value[at + i] != METADATA[i]) {
        return false;
      }
    }
    return true;
  }
}
