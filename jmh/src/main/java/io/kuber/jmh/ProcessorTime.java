package io.kuber.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Time that went by, and that processors spent, in nanoseconds.
 *
 * @param deciding on the scheduler's loop
 * @param writing on the loop of its writes
 * @param process on all threads, those of the JVM as well
 */
record ProcessorTime(long wall, long deciding, long writing, long process) {
  static ProcessorTime now() {
    return new ProcessorTime(
        System.nanoTime(),
        ofThread("scheduler"),
        ofThread("scheduler-writes"),
        ProcessHandle.current()
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new IllegalStateException("no processor time is known"))
            .toNanos());
  }

  /** The newest thread of that name: those of earlier clusters have ended. */
  private static long ofThread(String name) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long newest = -1;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals(name)) {
        newest = Math.max(newest, thread.getThreadId());
      }
    }
    return newest < 0 ? 0 : threads.getThreadCpuTime(newest);
  }

  ProcessorTime minus(ProcessorTime before) {
    return new ProcessorTime(
        wall - before.wall,
        deciding - before.deciding,
        writing - before.writing,
        process - before.process);
  }
}
