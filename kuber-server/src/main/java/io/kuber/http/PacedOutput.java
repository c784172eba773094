package io.kuber.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Writes to something {@link Paced} from one thread, which is blocked while the client is slow;
 * never from an event loop.
 */
public final class PacedOutput extends OutputStream {
  private final Paced to;
  private final Consumer<byte[]> sink;
  private final Runnable end;

  /** Bytes go to {@code sink} in arrays of their own; {@code end} runs on closing. */
  public PacedOutput(Paced to, Consumer<byte[]> sink, Runnable end) {
    this.to = to;
    this.sink = sink;
    this.end = end;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    while (!to.isWritable() && !to.isClosed()) {
      awaitWritable();
    }
    if (to.isClosed()) {
      throw new IOException("the client is gone");
    }
    sink.accept(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private void awaitWritable() throws IOException {
    CountDownLatch writable = new CountDownLatch(1);
    to.onWritable(writable::countDown);
    try {
      writable.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the client", e);
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
