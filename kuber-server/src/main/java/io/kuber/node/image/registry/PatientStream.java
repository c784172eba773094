package io.kuber.node.image.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream that fails when nothing has come for a while, since HTTP bodies know no timeout. One
 * thread reads; the fields are shared with the timer that looks after it.
 */
final class PatientStream extends FilterInputStream {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Executor later;
  private final AtomicLong progress = new AtomicLong();
  private volatile boolean closed;
  private volatile boolean stalled;

  PatientStream(InputStream in) {
    this(in, PATIENCE);
  }

  PatientStream(InputStream in, Duration patience) {
    super(in);
    this.later = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
    watch(-1);
  }

  private void watch(long before) {
    later.execute(
        () -> {
          if (closed) {
            return;
          }
          long now = progress.get();
          if (now == before) {
            stalled = true;
            closeQuietly();
          } else {
            watch(now);
          }
        });
  }

  private void closeQuietly() {
    try {
      in.close();
    } catch (IOException e) {
      // The reader fails with a reason of its own.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = in.read(into, offset, length);
      progress.incrementAndGet();
      return count;
    } catch (IOException e) {
      throw stalled ? new IOException("nothing came for " + PATIENCE.toSeconds() + " s", e) : e;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    super.close();
  }
}
