package io.kuber.kuard;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** One run of the workload, from its start until it is complete or cancelled. */
final class KeyRun {
  private static final long PAUSE_MILLIS = 1000;

  private final int id;
  private final KeyWork work;
  private final KeyGen output;
  private volatile boolean cancelled;

  KeyRun(int id, KeyWork work, KeyGen output) {
    this.id = id;
    this.work = work;
    this.output = output;
  }

  KeyWork work() {
    return work;
  }

  void cancel() {
    cancelled = true;
  }

  /** Generates until done; says whether it was completed (and not cancelled). */
  boolean run() throws InterruptedException {
    output.say("(ID " + id + ") Workload starting");
    if (work.takesFromQueue()) {
      workOnQueue();
    } else {
      workOnLimits();
    }
    output.say("(ID " + id + ") Workload exiting");
    return !cancelled;
  }

  private void workOnLimits() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(work.seconds());
    for (int done = 0; !cancelled && (work.count() == 0 || done < work.count()); done++) {
      long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
      if (work.seconds() > 0 && end - System.nanoTime() <= 0) {
        return;
      }
      String of = work.count() == 0 ? "Inf" : String.valueOf(work.count());
      String time = work.seconds() == 0 ? "" : " " + left + "s left";
      generate("(ID " + id + " " + (done + 1) + "/" + of + time + ")");
    }
  }

  private void workOnQueue() throws InterruptedException {
    QueueClient client = new QueueClient(work.server());
    while (!cancelled) {
      String pause = "(ID " + id + ") Queue is empty. Retrying after 1s.";
      try {
        if (client.dequeue(work.queue()).isPresent()) {
          generate("(ID " + id + ")");
          continue;
        }
        if (work.exitOnComplete()) {
          return;
        }
      } catch (IOException e) {
        pause = "(ID " + id + ") " + e.getMessage() + ". Retrying after 1s.";
      }
      output.say(pause);
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void generate(String who) {
    String fingerprint = SshKey.generate(work.bits());
    output.countKey();
    output.say(who + " Item done: " + fingerprint);
  }
}
