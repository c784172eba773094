package io.kuber.kuard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The batch workload. One thread generates, started with the first work; new work replaces what
 * runs, which stops behind the key that it is at. The monitor guards every field.
 */
final class KeyGen {
  /** A line of the workload's output. */
  record Entry(int id, String line) {}

  private static final int MAX_HISTORY = 20;

  private final IntConsumer exit;
  private final Deque<Entry> history = new ArrayDeque<>();
  private KeyWork work;
  private @Nullable KeyRun next;
  private @Nullable KeyRun running;
  private @Nullable Thread thread;
  private int lines;
  private int runs;
  private int keys;

  /**
   * Nothing runs before {@link #replace}.
   *
   * @param exit ends the process with a code
   */
  KeyGen(KeyWork work, IntConsumer exit) {
    this.work = work;
    this.exit = exit;
  }

  /** Cancels what runs and, if the work is enabled, starts it. */
  synchronized void replace(KeyWork wanted) {
    work = wanted;
    if (running != null) {
      running.cancel();
    }
    next = wanted.enable() ? new KeyRun(runs++, wanted, this) : null;
    if (next != null && thread == null) {
      thread = new Thread(this::runAll, "keygen");
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
  }

  /** Ends the thread, behind the key that it is at. */
  synchronized void close() {
    replace(KeyWork.NONE);
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** One line of output: logged and kept among the last ones. */
  synchronized void say(String line) {
    Log.line(line);
    history.addFirst(new Entry(lines++, line));
    if (history.size() > MAX_HISTORY) {
      history.removeLast();
    }
  }

  synchronized void countKey() {
    keys++;
  }

  /** The last lines, the newest first. */
  synchronized List<Entry> history() {
    return List.copyOf(history);
  }

  synchronized KeyWork work() {
    return work;
  }

  synchronized int keys() {
    return keys;
  }

  synchronized boolean isRunning() {
    return running != null || next != null;
  }

  synchronized Map<String, Object> json() {
    List<Map<String, Object>> entries = new ArrayList<>();
    history
        .descendingIterator()
        .forEachRemaining(entry -> entries.add(Map.of("id", entry.id, "data", entry.line)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("config", work.json());
    json.put("history", entries);
    return json;
  }

  private void runAll() {
    try {
      while (true) {
        KeyRun run = await();
        boolean completed = run.run();
        if (completed && run.work().exitOnComplete()) {
          exit.accept(run.work().exitCode());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized KeyRun await() throws InterruptedException {
    running = null;
    while (next == null) {
      wait();
    }
    KeyRun run = next;
    running = run;
    next = null;
    return run;
  }
}
