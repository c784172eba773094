package io.kuber.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One request as a client of somebody else's server, over a connection that is there already and
 * serves no other: HTTP/1.1, blocking. Time is for the caller to bound, by closing the connection.
 */
public final class OutgoingCall {
  private static final int CONTINUE = 100;
  private static final int SWITCHING = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int CHUNK_BYTES = 64 << 10;

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
    return upgrade(in, out, method, target, headers, protocol, new byte[0]);
  }

  /** The same with a body. */
  static Answer upgrade(
      InputStream in,
      OutputStream out,
      String method,
      String target,
      Headers headers,
      String protocol,
      byte[] body)
      throws IOException {
    String both = "Upgrade\r\nUpgrade: " + protocol;
    return send(in, out, method, target, headers, both, body);
  }

  /**
   * Sends a request with a body of any length, in chunks. A server that has heard enough answers
   * and closes before the end, so that a failure to send it all is told only without an answer.
   *
   * @throws IOException where the body cannot be read, the connection fails, or what comes back is
   *     no HTTP
   */
  static Answer sendChunked(
      InputStream in,
      OutputStream out,
      String method,
      String target,
      Headers headers,
      InputStream body)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    Hops.without(headers).forEach((name, value) -> line(head, name, value));
    line(head, "Transfer-Encoding", "chunked");
    line(head, "Connection", "close");
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    Optional<IOException> cut = writeChunks(new ChunkedOutput(out), body);
    return cut.isPresent() ? early(in, method, cut.get()) : answer(in, method);
  }

  /** Why not everything could be sent, if so; a body that cannot be read is thrown. */
  private static Optional<IOException> writeChunks(ChunkedOutput out, InputStream body)
      throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      try {
        out.write(buffer, 0, count);
      } catch (IOException e) {
        return Optional.of(e);
      }
    }
    try {
      out.close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
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
    try {
      out.write(head(method, target, headers, connection, body).getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
    } catch (IOException e) {
      return early(in, method, e);
    }
    return answer(in, method);
  }

  /** The answer of a server that did not want to hear all; without one, why it was not sent. */
  private static Answer early(InputStream in, String method, IOException cut) throws IOException {
    try {
      return answer(in, method);
    } catch (IOException e) {
      cut.addSuppressed(e);
      throw cut;
    }
  }

  private static Answer answer(InputStream in, String method) throws IOException {
    HeadLines lines = new HeadLines(in, HttpLimits.HEADER_BYTES);
    int status = status(lines.next());
    Headers answered = HeadLines.headers(lines);
    while (status >= CONTINUE && status < 200 && status != SWITCHING) {
      status = status(lines.next());
      answered = HeadLines.headers(lines);
    }
    boolean hasBody = !method.equals("HEAD") && status != NO_CONTENT && status != NOT_MODIFIED;
    InputStream rest = hasBody ? HeadLines.body(in, answered) : InputStream.nullInputStream();
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
}
