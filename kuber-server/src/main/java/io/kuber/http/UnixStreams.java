package io.kuber.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection over a Unix socket as two streams. The JDK's own streams of a channel lock each
 * other out until JDK 19, so that nobody could write while somebody waits for the client.
 */
final class UnixStreams implements Duplex {
  private final SocketChannel channel;
  private final InputStream in = new BufferedInputStream(new Input());
  private final OutputStream out = new Output();

  UnixStreams(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket does not close", e);
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(buffer, offset, length));
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(buffer, offset, length);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }
}
