package io.kuber.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The head of a message of HTTP/1.1: lines, all together no longer than a limit. One thread. */
final class HeadLines {
  private final InputStream in;
  private int left;

  HeadLines(InputStream in, int limit) {
    this.in = in;
    this.left = limit;
  }

  /** The next line, without its end. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int character = in.read(); character != '\n'; character = in.read()) {
      if (character < 0) {
        throw new EOFException("unexpected EOF");
      }
      if (--left < 0) {
        throw new IOException("the head of the message is too large");
      }
      line.append((char) character);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  /** The headers up to the empty line behind them. */
  static Headers headers(HeadLines lines) throws IOException {
    List<String> pairs = new ArrayList<>();
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("malformed HTTP header \"" + line + "\"");
      }
      pairs.add(line.substring(0, colon));
      pairs.add(line.substring(colon + 1).strip());
    }
    return Headers.of(pairs.toArray(new String[0]));
  }

  /** The body as the headers frame it; where they do not, it ends with the connection. */
  static InputStream body(InputStream in, Headers headers) throws IOException {
    if (isChunked(headers)) {
      return new ChunkedInput(in);
    }
    String length = headers.first("Content-Length").orElse("");
    if (length.isEmpty()) {
      return in;
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw new IOException("malformed Content-Length \"" + length + "\"");
    }
    return new CountedInput(in, Long.parseLong(length));
  }

  /** Whether a body comes in chunks. */
  static boolean isChunked(Headers headers) {
    return headers.elements("Transfer-Encoding").stream().anyMatch("chunked"::equalsIgnoreCase);
  }
}
