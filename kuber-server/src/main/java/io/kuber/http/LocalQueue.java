package io.kuber.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way between two halves in this process: what one side hands in, the other gets in the same
 * order, one thing at a time, on a worker, and only as much as it asked for.
 *
 * <p>The lock guards the fields and is never held while anything else runs.
 */
final class LocalQueue implements Paced {
  private static final Logger LOG = LoggerFactory.getLogger(LocalQueue.class);

  private final Workers workers;
  private final Deque<Item> items = new ArrayDeque<>();
  private List<Runnable> waiting = new ArrayList<>();
  private long wanted;
  private long pendingBytes;
  private boolean isRunning;
  private boolean isFull;
  private boolean isClosed;

  /** Something to hand over, when its turn has come and, if so marked, when it is asked for. */
  private record Item(int bytes, boolean isAskedFor, Runnable handing) {}

  LocalQueue(Workers workers) {
    this.workers = workers;
  }

  /**
   * Hands in something of so many bytes, for when it is asked for. False when the queue is closed
   * or its writer has ignored for too long that it is full.
   */
  boolean offer(int bytes, Runnable handing) {
    synchronized (this) {
      if (isClosed || pendingBytes > HttpLimits.UNSENT_BYTES) {
        return false;
      }
      items.add(new Item(bytes, true, handing));
      pendingBytes += bytes;
      isFull |= pendingBytes >= HttpLimits.HIGH_WATER_BYTES;
    }
    run();
    return true;
  }

  /** Hands in something that has its turn without being asked for, such as the head or the end. */
  void announce(Runnable handing) {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      items.add(new Item(0, false, handing));
    }
    run();
  }

  /** Asks for more. */
  void want(long more) {
    synchronized (this) {
      wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
    }
    run();
  }

  /** Asks for nothing any more, until further notice. */
  synchronized void wantNothing() {
    wanted = 0;
  }

  /** Drops what waits, takes nothing any more, and lets those go who wait to write. */
  void close() {
    shut(List.of());
  }

  /** Closes the queue, if it is open, in favour of one last word. */
  void cut(Runnable last) {
    shut(List.of(new Item(0, false, last)));
    run();
  }

  private void shut(List<Item> last) {
    List<Runnable> ready;
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      items.clear();
      items.addAll(last);
      pendingBytes = 0;
      ready = waiting;
      waiting = new ArrayList<>();
    }
    ready.forEach(Runnable::run);
  }

  /** On the calling thread when all workers are taken: then it is the caller who has too much. */
  private void run() {
    synchronized (this) {
      if (isRunning || !hasNext()) {
        return;
      }
      isRunning = true;
    }
    if (!workers.submit(this::handOver)) {
      handOver();
    }
  }

  private void handOver() {
    for (Item item = next(); item != null; item = next()) {
      try {
        item.handing.run();
      } catch (RuntimeException e) {
        LOG.error("somebody failed at what was handed over", e);
      }
      handed(item.bytes);
    }
  }

  private boolean hasNext() {
    Item first = items.peek();
    return first != null && (!first.isAskedFor || wanted > 0);
  }

  private synchronized @Nullable Item next() {
    if (!hasNext()) {
      isRunning = false;
      return null;
    }
    Item item = items.remove();
    if (item.isAskedFor && wanted < Long.MAX_VALUE) {
      wanted--;
    }
    return item;
  }

  private void handed(int bytes) {
    List<Runnable> ready = List.of();
    synchronized (this) {
      pendingBytes = Math.max(0, pendingBytes - bytes);
      if (isFull && pendingBytes <= HttpLimits.LOW_WATER_BYTES) {
        isFull = false;
        ready = waiting;
        waiting = new ArrayList<>();
      }
    }
    ready.forEach(Runnable::run);
  }

  @Override
  public synchronized boolean isWritable() {
    return !isFull && !isClosed;
  }

  @Override
  public synchronized long pendingBytes() {
    return pendingBytes;
  }

  @Override
  public synchronized boolean isClosed() {
    return isClosed;
  }

  @Override
  public void onWritable(Runnable action) {
    synchronized (this) {
      if (isFull && !isClosed) {
        waiting.add(action);
        return;
      }
    }
    action.run();
  }
}
