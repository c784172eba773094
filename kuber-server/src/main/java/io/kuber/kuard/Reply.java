package io.kuber.kuard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a call, as a value.
 *
 * @param length bytes of the body, or {@link #UNKNOWN} to send it in chunks
 */
record Reply(int status, String type, long length, Body body, Map<String, String> headers) {
  static final long UNKNOWN = -1;

  /** Writes the body; called at most once, never for HEAD. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Reply json(Object value) {
    return bytes(200, "application/json", Json.write(value) + "\n");
  }

  static Reply html(Html page) {
    return bytes(200, "text/html; charset=utf-8", page.markup());
  }

  static Reply text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text);
  }

  static Reply empty(int status) {
    return new Reply(status, "", 0, out -> {}, Map.of());
  }

  static Reply redirect(String location) {
    return new Reply(301, "", 0, out -> {}, Map.of("Location", location));
  }

  static Reply bytes(int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, type, bytes.length, out -> out.write(bytes), Map.of());
  }
}
