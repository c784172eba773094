package io.kuber.kuard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What keys to generate and what to do when that is done.
 *
 * @param count keys to generate, 0 for no limit
 * @param seconds how long to generate, 0 for no limit
 * @param server URL of a work queue server; together with {@code queue} it replaces both limits:
 *     one key for each message, done when the queue is empty
 * @param bits length of a key. The original's are 4096; the JVM's small compiler takes up to half a
 *     minute for one of those, so 2048 keeps the book's pace.
 */
record KeyWork(
    boolean enable,
    int count,
    int seconds,
    String server,
    String queue,
    boolean exitOnComplete,
    int exitCode,
    int bits) {

  static final int DEFAULT_BITS = 2048;

  /** Nothing to do. */
  static final KeyWork NONE = new KeyWork(false, 0, 0, "", "", false, 0, DEFAULT_BITS);

  private static final int MIN_BITS = 512;
  private static final int MAX_BITS = 4096;
  private static final int MAX_COUNT = 1_000_000;
  private static final int MAX_SECONDS = 366 * 24 * 3600;
  private static final int MAX_EXIT_CODE = 255;

  KeyWork {
    if (!server.isEmpty() && !server.startsWith("http://") && !server.startsWith("https://")) {
      throw new IllegalArgumentException("the MemQ server must be an http URL, not: " + server);
    }
  }

  boolean takesFromQueue() {
    return !server.isEmpty() && !queue.isEmpty();
  }

  static Flags declare(Flags flags) {
    return flags
        .toggle("keygen-enable", "Generate keys")
        .text("keygen-num-to-gen", "0", "How many keys to generate; 0 is no limit")
        .text("keygen-time-to-run", "0", "How many seconds to generate keys; 0 is no limit")
        .text("keygen-memq-server", "", "URL of the MemQ server that gives out the work")
        .text("keygen-memq-queue", "", "The queue to take work from")
        .toggle("keygen-exit-on-complete", "Exit when the keys are generated")
        .text("keygen-exit-code", "0", "The code to exit with")
        .text("keygen-bits", String.valueOf(DEFAULT_BITS), "The length of a key");
  }

  static KeyWork parse(Flags flags) {
    return new KeyWork(
        flags.isOn("keygen-enable"),
        flags.number("keygen-num-to-gen", 0, MAX_COUNT),
        flags.number("keygen-time-to-run", 0, MAX_SECONDS),
        flags.text("keygen-memq-server"),
        flags.text("keygen-memq-queue"),
        flags.isOn("keygen-exit-on-complete"),
        flags.number("keygen-exit-code", 0, MAX_EXIT_CODE),
        flags.number("keygen-bits", MIN_BITS, MAX_BITS));
  }

  static KeyWork of(Fields fields) {
    try {
      return new KeyWork(
          fields.flag("enable"),
          fields.number("numToGen", 0, MAX_COUNT),
          fields.number("timeToRun", 0, MAX_SECONDS),
          fields.string("memQServer"),
          fields.string("memQQueue"),
          fields.flag("exitOnComplete"),
          fields.number("exitCode", 0, MAX_EXIT_CODE),
          fields.number("bits", DEFAULT_BITS, MIN_BITS, MAX_BITS));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("enable", enable);
    json.put("numToGen", count);
    json.put("timeToRun", seconds);
    json.put("memQServer", server);
    json.put("memQQueue", queue);
    json.put("exitOnComplete", exitOnComplete);
    json.put("exitCode", exitCode);
    json.put("bits", bits);
    return json;
  }
}
