package io.kuber.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that the network delivers and one blocking reader takes.
 *
 * <p>How many wait here is for the network side to bound: it learns of what was taken, and stops
 * reading from the client meanwhile. The lock guards the fields and is never held while anything
 * else runs.
 */
public final class InboundBytes extends InputStream {
  private final IntConsumer taken;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private byte[] current = {};
  private int position;
  private boolean isEnded;
  private boolean isClosed;
  private @Nullable String failure;

  /** {@code taken} learns how many bytes the reader took, on the reader's thread. */
  public InboundBytes(IntConsumer taken) {
    this.taken = taken;
  }

  /** Delivers bytes; the array must not change any more. Dropped once the reader has closed. */
  public void deliver(byte[] bytes) {
    synchronized (this) {
      if (!isClosed && !isEnded && bytes.length > 0) {
        chunks.add(bytes);
        notifyAll();
        return;
      }
    }
    taken.accept(bytes.length);
  }

  /** No more bytes will come. */
  public synchronized void end() {
    isEnded = true;
    notifyAll();
  }

  /** No more bytes will come, because of a failure, which the reader gets after the bytes. */
  public synchronized void fail(String reason) {
    if (!isEnded) {
      failure = reason;
      end();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = take(buffer, offset, length);
    if (count > 0) {
      taken.accept(count);
    }
    return count;
  }

  private synchronized int take(byte[] buffer, int offset, int length) throws IOException {
    try {
      awaitBytes();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the client", e);
    }
    if (isClosed) {
      throw new IOException("the stream is closed");
    }
    if (position == current.length) {
      return endOfStream();
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, buffer, offset, count);
    position += count;
    return count;
  }

  private int endOfStream() throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
    return -1;
  }

  private synchronized void awaitBytes() throws InterruptedException {
    while (position == current.length && !isClosed) {
      byte[] next = chunks.poll();
      if (next != null) {
        current = next;
        position = 0;
      } else if (isEnded) {
        return;
      } else {
        wait();
      }
    }
  }

  @Override
  public synchronized int available() {
    return current.length - position;
  }

  /** Drops what has come and what is still to come, and wakes the reader. */
  @Override
  public void close() {
    int dropped;
    synchronized (this) {
      isClosed = true;
      dropped = current.length - position + chunks.stream().mapToInt(chunk -> chunk.length).sum();
      position = current.length;
      chunks.clear();
      notifyAll();
    }
    taken.accept(dropped);
  }
}
