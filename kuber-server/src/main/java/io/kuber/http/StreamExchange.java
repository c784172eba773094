package io.kuber.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;

/**
 * A request whose body is read as it comes, and its answer, which is given once: by {@link
 * #respond}, {@link #stream} or {@link #hijack}. It belongs to the thread that handles it; only the
 * streams may be handed to others.
 */
public final class StreamExchange {
  private static final int READ_BYTES = 16 << 10;
  private static final int SWITCHING = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final UnixStreams connection;
  private final Request request;
  private final InputStream body;
  private boolean isAnswered;
  private boolean isLast;

  StreamExchange(UnixStreams connection, Request request) throws IOException {
    this.connection = connection;
    this.request = request;
    boolean hasBody =
        HeadLines.isChunked(request.headers()) || request.headers().has("Content-Length");
    this.body =
        hasBody
            ? HeadLines.body(connection.in(), request.headers())
            : InputStream.nullInputStream();
    this.isLast =
        request.protocol() == Protocol.HTTP_1_0
            || request.headers().elements("Connection").stream()
                .anyMatch("close"::equalsIgnoreCase);
    if (request.headers().elements("Expect").stream().anyMatch("100-continue"::equalsIgnoreCase)) {
      send("HTTP/1.1 100 Continue\r\n\r\n");
    }
  }

  /** What the client wants, without its body. */
  public Request request() {
    return request;
  }

  /** The body, as the client sends it. */
  public InputStream body() {
    return body;
  }

  /** Whether the answer has been given, at least in part. */
  public boolean isAnswered() {
    return isAnswered;
  }

  /** Answers with a whole body. */
  public void respond(Response response) throws IOException {
    claim();
    byte[] content = response.body();
    StringBuilder head = head(response.status(), response.headers());
    if (response.status() != NO_CONTENT && response.status() != NOT_MODIFIED) {
      line(head, "Content-Length", Integer.toString(content.length));
    }
    if (isLast) {
      line(head, "Connection", "close");
    }
    send(head.append("\r\n").toString());
    if (!request.method().equals("HEAD")) {
      connection.out().write(content);
    }
  }

  /**
   * Answers bit by bit; status and headers go out at once, and every write does. The connection
   * ends with the answer.
   *
   * @return which any thread may write to; closing it completes the answer
   */
  public OutputStream stream(int status, Headers headers) throws IOException {
    claim();
    isLast = true;
    StringBuilder head = head(status, headers);
    boolean chunked = request.protocol() == Protocol.HTTP_1_1;
    if (chunked) {
      line(head, "Transfer-Encoding", "chunked");
    }
    line(head, "Connection", "close");
    send(head.append("\r\n").toString());
    return chunked ? new ChunkedOutput(connection.out()) : connection.out();
  }

  /**
   * Goes on in a protocol of the two sides' own, when the body has been read: with status 101 where
   * the client has asked for an upgrade, otherwise with 200, as clients of Docker know it.
   *
   * @param headers further ones of the answer
   */
  public Duplex hijack(Headers headers) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
    claim();
    isLast = true;
    String protocol = request.upgrade().orElse("");
    StringBuilder head = head(protocol.isEmpty() ? 200 : SWITCHING, headers);
    if (!protocol.isEmpty()) {
      line(head, "Connection", "Upgrade");
      line(head, "Upgrade", protocol);
    }
    send(head.append("\r\n").toString());
    return connection;
  }

  /**
   * Runs {@code action} once the client is gone, on a thread of its own, and never when the answer
   * is complete before. What is left of the body is thrown away, and the connection ends with the
   * answer: say this before {@link #respond}.
   */
  public void onGone(Runnable action) {
    isLast = true;
    Thread watcher =
        new Thread(
            () -> {
              if (awaitEnd()) {
                action.run();
              }
            },
            Thread.currentThread().getName() + "-end");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Whether the client ended the connection, rather than this server. */
  private boolean awaitEnd() {
    byte[] dropped = new byte[READ_BYTES];
    try {
      int count;
      do {
        count = connection.in().read(dropped);
      } while (count >= 0);
      return true;
    } catch (IOException e) {
      return !(e instanceof ClosedChannelException);
    }
  }

  /** Whether the connection takes a further request: reads what is left of this one's body. */
  boolean goesOn() throws IOException {
    if (isLast || !isAnswered) {
      return false;
    }
    long dropped = 0;
    byte[] buffer = new byte[READ_BYTES];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      dropped += count;
      if (dropped > HttpLimits.DISCARDED_BYTES) {
        return false;
      }
    }
    return true;
  }

  private void claim() {
    if (isAnswered) {
      throw new IllegalStateException("answered already: " + request);
    }
    isAnswered = true;
  }

  private static StringBuilder head(int status, Headers headers) {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n");
    headers.forEach((name, value) -> line(head, name, value));
    line(head, "Date", HttpDate.now());
    return head;
  }

  private static void line(StringBuilder head, String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a header of more than one line: " + name);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private void send(String head) throws IOException {
    connection.out().write(head.getBytes(ISO_8859_1));
  }
}
