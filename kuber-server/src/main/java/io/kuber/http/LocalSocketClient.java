package io.kuber.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A client of a server on a Unix socket: HTTP/1.1, blocking, a connection for each request. For any
 * thread; nothing is kept between requests.
 */
public final class LocalSocketClient {
  private final Path socket;

  /** A client of whoever listens there. */
  public LocalSocketClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Sends a request and reads the head of its answer.
   *
   * @param target path and query, escaped
   * @throws IOException where nobody listens, the connection fails, or what comes back is no HTTP
   */
  public LocalSocketAnswer send(String method, String target, Headers headers, byte[] body)
      throws IOException {
    return exchange(
        channel ->
            OutgoingCall.send(channel.in(), channel.out(), method, target, host(headers), body));
  }

  /**
   * Sends a request with a body of any length.
   *
   * @param target path and query, escaped
   * @throws IOException where the body cannot be read, nobody listens, the connection fails, or
   *     what comes back is no HTTP
   */
  public LocalSocketAnswer stream(String method, String target, Headers headers, InputStream body)
      throws IOException {
    return exchange(
        channel ->
            OutgoingCall.sendChunked(
                channel.in(), channel.out(), method, target, host(headers), body));
  }

  /**
   * Sends a request after which the connection carries bytes both ways, as {@code Upgrade: tcp}
   * asks for; servers say 101 or 200 to it.
   *
   * @param target path and query, escaped
   * @throws IOException where nobody listens, the connection fails, or what comes back is no HTTP
   */
  public LocalSocketAnswer hijack(String method, String target, Headers headers, byte[] body)
      throws IOException {
    return exchange(
        channel ->
            OutgoingCall.upgrade(
                channel.in(), channel.out(), method, target, host(headers), "tcp", body));
  }

  private interface Deed {
    OutgoingCall.Answer on(UnixStreams channel) throws IOException;
  }

  private LocalSocketAnswer exchange(Deed deed) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    boolean open = false;
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      UnixStreams bytes = new UnixStreams(channel);
      LocalSocketAnswer answer = new LocalSocketAnswer(bytes, deed.on(bytes));
      open = true;
      return answer;
    } finally {
      if (!open) {
        channel.close();
      }
    }
  }

  private static Headers host(Headers headers) {
    return headers.orElse(Headers.of("Host", "localhost"));
  }
}
