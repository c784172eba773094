package io.kuber.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client of a Unix socket that says exactly what a test wants, and reads what comes. */
public final class UnixWire implements AutoCloseable {
  private final SocketChannel channel;
  private final UnixStreams streams;

  private UnixWire(SocketChannel channel) {
    this.channel = channel;
    this.streams = new UnixStreams(channel);
  }

  /** Connects. */
  public static UnixWire connect(Path path) throws IOException {
    return new UnixWire(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  /** Sends a request over a connection of its own and gets its answer. */
  public static OutgoingCall.Answer call(Path path, String method, String target, byte[] body)
      throws IOException {
    UnixWire wire = connect(path);
    return OutgoingCall.send(
        wire.in(), wire.streams.out(), method, target, Headers.of("Host", "docker"), body);
  }

  /** Sends text as it is. */
  public UnixWire say(String text) throws IOException {
    return say(text.getBytes(UTF_8));
  }

  /** Sends bytes as they are. */
  public UnixWire say(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    return this;
  }

  /** Says that no more will come. */
  public UnixWire endOutput() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** The head of the next answer, up to its empty line. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = streams.in().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** So many bytes as text. */
  public String text(int count) throws IOException {
    return new String(streams.in().readNBytes(count), ISO_8859_1);
  }

  /** What comes from the server. */
  public InputStream in() {
    return streams.in();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
