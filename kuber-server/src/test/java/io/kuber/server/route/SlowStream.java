package io.kuber.server.route;

import io.kuber.http.ResponseStream;
import java.util.ArrayList;
import java.util.List;

/** The body of an answer to a client that reads when the test says so. For one thread. */
final class SlowStream implements ResponseStream {
  private final long room;
  private final List<Runnable> waiting = new ArrayList<>();
  private final List<Runnable> onClose = new ArrayList<>();
  private long pending;
  private long taken;
  private boolean ended;
  private boolean closed;
  private boolean aborted;

  /** Is full once it holds {@code room} bytes. */
  SlowStream(long room) {
    this.room = room;
  }

  /** The client reads all there is. */
  void read() {
    taken += pending;
    pending = 0;
    List<Runnable> ready = List.copyOf(waiting);
    waiting.clear();
    if (ended) {
      close();
    }
    ready.forEach(Runnable::run);
  }

  private void close() {
    closed = true;
    onClose.forEach(Runnable::run);
  }

  /** Bytes that the client has read. */
  long taken() {
    return taken;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isAborted() {
    return aborted;
  }

  @Override
  public void write(byte[] bytes) {
    pending += bytes.length;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void abort() {
    aborted = true;
    close();
  }

  @Override
  public void onClose(Runnable action) {
    onClose.add(action);
  }

  @Override
  public boolean isWritable() {
    return !closed && pending < room;
  }

  @Override
  public long pendingBytes() {
    return pending;
  }

  @Override
  public void onWritable(Runnable action) {
    waiting.add(action);
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
