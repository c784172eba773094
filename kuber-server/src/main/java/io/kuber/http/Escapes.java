package io.kuber.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent escapes of URIs. */
public final class Escapes {
  private Escapes() {}

  /** Decodes a part of a URI; {@code plusIsBlank} holds in queries and not in paths. */
  public static String decode(String raw, boolean plusIsBlank) {
    if (raw.indexOf('%') < 0) {
      return plusIsBlank ? raw.replace('+', ' ') : raw;
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length());
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        decoded.write(escape(raw, bytes, i));
        i += 2;
      } else {
        decoded.write(plusIsBlank && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static int escape(String raw, byte[] bytes, int at) {
    int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(bytes[at + 2], 16);
    if (low < 0) {
      throw new IllegalArgumentException("invalid URL escape in \"" + raw + "\"");
    }
    return high << 4 | low;
  }
}
