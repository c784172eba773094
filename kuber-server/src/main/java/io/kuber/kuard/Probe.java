package io.kuber.kuard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A health check that can be told to fail, and remembers who asked. The monitor guards it. */
final class Probe {
  /** One time that the probe was asked, and by whom. */
  record Asked(int id, Instant when, int code, String client) {
    String ago(Instant now) {
      return Math.max(0, Duration.between(when, now).toSeconds()) + " seconds ago";
    }
  }

  static final int MAX_FAILURES = 1_000_000;
  private static final int MAX_HISTORY = 20;

  private final String path;
  private final Deque<Asked> history = new ArrayDeque<>();
  private int failNext;
  private int asked;

  Probe(String path, int failNext) {
    this.path = path;
    this.failNext = failNext;
  }

  String path() {
    return path;
  }

  /** What the kubelet asks: 200 or, while it is to fail, 500. */
  synchronized Reply check(Call call) {
    Reply reply = Reply.text(200, "ok");
    if (failNext > 0) {
      failNext--;
      reply = Reply.text(500, "fail, " + failNext + " left");
    } else if (failNext < 0) {
      reply = Reply.text(500, "fail, permanent");
    }
    history.addFirst(new Asked(++asked, Instant.now(), reply.status(), call.client()));
    if (history.size() > MAX_HISTORY) {
      history.removeLast();
    }
    return reply;
  }

  /** {@code {"failNext": n}}: 0 is to succeed, negative to fail from now on. */
  synchronized void failNext(int count) {
    failNext = count;
  }

  synchronized int failNext() {
    return failNext;
  }

  /** The newest first. */
  synchronized List<Asked> history() {
    return List.copyOf(history);
  }

  synchronized Map<String, Object> json() {
    Instant now = Instant.now();
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Asked entry : history) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", entry.id);
      json.put("when", Log.time(entry.when));
      json.put("relWhen", entry.ago(now));
      json.put("code", entry.code);
      entries.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("probePath", path);
    json.put("failNext", failNext);
    json.put("history", entries);
    return json;
  }
}
