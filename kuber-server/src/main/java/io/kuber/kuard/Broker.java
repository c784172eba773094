package io.kuber.kuard;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The work queues of this process, in memory only. Limited in queues, messages and characters held,
 * all refused with 400 or 507; the monitor guards every queue.
 */
final class Broker {
  static final int MAX_QUEUES = 100;
  static final int MAX_DEPTH = 100_000;
  private static final long MAX_HELD = 32L << 20;
  private static final int MAX_NAME = 128;

  private final Map<String, WorkQueue> queues = new TreeMap<>();
  private final Clock clock = Clock.systemUTC();
  private long held;

  synchronized void create(String name) {
    if (name.length() > MAX_NAME) {
      throw Refusal.badRequest("a queue's name has at most " + MAX_NAME + " characters");
    }
    if (queues.containsKey(name)) {
      throw Refusal.badRequest("queue " + name + " already exists");
    }
    if (queues.size() == MAX_QUEUES) {
      throw new Refusal(507, "there are " + MAX_QUEUES + " queues already: delete one first");
    }
    queues.put(name, new WorkQueue());
  }

  synchronized void delete(String name) {
    held -= queue(name).drain();
    queues.remove(name);
  }

  synchronized void drain(String name) {
    held -= queue(name).drain();
  }

  synchronized WorkQueue.Message enqueue(String name, String body) {
    WorkQueue queue = queue(name);
    if (queue.depth() == MAX_DEPTH || held + body.length() > MAX_HELD) {
      throw new Refusal(507, "queue " + name + " is full: dequeue or drain first");
    }
    String id = UUID.randomUUID().toString().replace("-", "");
    var message = new WorkQueue.Message(id, body, clock.instant());
    queue.add(message);
    held += body.length();
    return message;
  }

  synchronized Optional<WorkQueue.Message> dequeue(String name) {
    Optional<WorkQueue.Message> oldest = queue(name).take();
    oldest.ifPresent(message -> held -= message.body().length());
    return oldest;
  }

  /** In order of their names. */
  synchronized List<WorkQueue.Stat> stats() {
    List<WorkQueue.Stat> stats = new ArrayList<>();
    queues.forEach((name, queue) -> stats.add(queue.stat(name)));
    return stats;
  }

  private WorkQueue queue(String name) {
    WorkQueue queue = queues.get(name);
    if (queue == null) {
      throw Refusal.badRequest("queue " + name + " does not exist");
    }
    return queue;
  }
}
