package io.kuber.server.audit;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** What waits, in order, bounded in number and bytes. For any thread. */
final class Backlog<T> {
  private record Waiting<T>(T what, long bytes) {}

  private final Queue<Waiting<T>> queue = new ArrayDeque<>();
  private final int mostItems;
  private final long mostBytes;
  private long bytes;

  Backlog(int mostItems, long mostBytes) {
    this.mostItems = mostItems;
    this.mostBytes = mostBytes;
  }

  /** Takes something that weighs so many bytes, unless there is no room for it. */
  synchronized boolean offer(T what, long weight) {
    boolean fits = queue.size() < mostItems && (bytes + weight <= mostBytes || queue.isEmpty());
    if (fits) {
      queue.add(new Waiting<>(what, weight));
      bytes += weight;
    }
    return fits;
  }

  /** The oldest, which no longer waits. */
  synchronized Optional<T> poll() {
    Waiting<T> first = queue.poll();
    if (first == null) {
      return Optional.empty();
    }
    bytes -= first.bytes();
    return Optional.of(first.what());
  }

  synchronized int size() {
    return queue.size();
  }
}
