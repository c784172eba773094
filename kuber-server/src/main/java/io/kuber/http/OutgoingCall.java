package io.kuber.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One request as a client of somebody else's server, over a connection that is there already and
 * serves no other: HTTP/1.1, blocking. Time is for the caller to bound, by closing the connection.
 */
public final class OutgoingCall {
  private static final int CONTINUE = 100;
  private static final int SWITCHING = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private OutgoingCall() {}

  /**
   * What the other server says.
   *
   * @param headers without those that speak of the connection or of how the body was framed
   * @param body ends where the answer does; fails where that is incomplete
   */
  public record Answer(int status, Headers headers, InputStream body) {}

  /**
   * Sends a request and reads the head of its answer.
   *
   * @param target path and query, escaped
   * @param headers of which those that frame the body are this method's business
   * @throws IOException where the connection fails, or what comes back is no HTTP
   */
  public static Answer send(
      InputStream in, OutputStream out, String method, String target, Headers headers, byte[] body)
      throws IOException {
    return send(in, out, method, target, headers, "close", body);
  }

  /**
   * Asks to go on in another protocol. An answer with status 101 has a body that is what the other
   * server says in that protocol; what this side says goes to {@code out}.
   *
   * @param protocol as {@code Upgrade} names it
   * @throws IOException where the connection fails, or what comes back is no HTTP
   */
  public static Answer upgrade(
      InputStream in,
      OutputStream out,
      String method,
      String target,
      Headers headers,
      String protocol)
      throws IOException {
    String both = "Upgrade\r\nUpgrade: " + protocol;
    return send(in, out, method, target, headers, both, new byte[0]);
  }

  private static Answer send(
      InputStream in,
      OutputStream out,
      String method,
      String target,
      Headers headers,
      String connection,
      byte[] body)
      throws IOException {
    out.write(head(method, target, headers, connection, body).getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
    Lines lines = new Lines(in, HttpLimits.HEADER_BYTES);
    int status = status(lines.next());
    Headers answered = headers(lines);
    while (status >= CONTINUE && status < 200 && status != SWITCHING) {
      status = status(lines.next());
      answered = headers(lines);
    }
    boolean hasBody = !method.equals("HEAD") && status != NO_CONTENT && status != NOT_MODIFIED;
    InputStream rest = hasBody ? body(in, answered) : InputStream.nullInputStream();
    return new Answer(status, Hops.without(answered), rest);
  }

  private static String head(
      String method, String target, Headers headers, String connection, byte[] body) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    Hops.without(headers).forEach((name, value) -> line(head, name, value));
    if (body.length > 0 || !(method.equals("GET") || method.equals("HEAD"))) {
      line(head, "Content-Length", Integer.toString(body.length));
    }
    line(head, "Connection", connection);
    return head.append("\r\n").toString();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static int status(String line) throws IOException {
    if (line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
      return Integer.parseInt(line.substring(9, 12));
    }
    throw new IOException("malformed HTTP response \"" + line + "\"");
  }

  private static Headers headers(Lines lines) throws IOException {
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

  private static InputStream body(InputStream in, Headers headers) throws IOException {
    if (headers.elements("Transfer-Encoding").stream().anyMatch("chunked"::equalsIgnoreCase)) {
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

  /** Lines that end in a line feed, all together no longer than a limit. */
  static final class Lines {
    private final InputStream in;
    private int left;

    Lines(InputStream in, int limit) {
      this.in = in;
      this.left = limit;
    }

    String next() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int character = in.read(); character != '\n'; character = in.read()) {
        if (character < 0) {
          throw new EOFException("unexpected EOF");
        }
        if (--left < 0) {
          throw new IOException("the head of the answer is too large");
        }
        line.append((char) character);
      }
      int end = line.length();
      return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
  }
}
