package io.kuber.kuard;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** One queue of messages, the oldest first. Guarded by its {@link Broker}. */
final class WorkQueue {
  /** Something to work on. */
  record Message(String id, String body, Instant created) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("kind", "message");
      json.put("id", id);
      json.put("body", body);
      json.put("creationTimestamp", created);
      return json;
    }
  }

  /** What happened to a queue so far. */
  record Stat(String name, int depth, long enqueued, long dequeued, long drained) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("depth", depth);
      json.put("enqueued", enqueued);
      json.put("dequeued", dequeued);
      json.put("drained", drained);
      return json;
    }
  }

  private final Queue<Message> messages = new ArrayDeque<>();
  private long enqueued;
  private long dequeued;
  private long drained;

  void add(Message message) {
    messages.add(message);
    enqueued++;
  }

  Optional<Message> take() {
    Message oldest = messages.poll();
    dequeued += oldest == null ? 0 : 1;
    return Optional.ofNullable(oldest);
  }

  /** Throws all messages away; returns the bytes that they held. */
  long drain() {
    long bytes = messages.stream().mapToLong(message -> message.body.length()).sum();
    drained += messages.size();
    messages.clear();
    return bytes;
  }

  int depth() {
    return messages.size();
  }

  Stat stat(String name) {
    return new Stat(name, messages.size(), enqueued, dequeued, drained);
  }
}
