package io.kuber.testkit.report;

import java.lang.management.ManagementFactory;

/**
 * The heap at one moment, in bytes.
 *
 * @param used garbage included
 * @param live what was left after the last collection that was seen
 * @param limit how much there may be
 */
public record Memory(long used, long live, long limit) {
  /** What there is before anything was seen. */
  static final Memory UNSEEN = new Memory(Long.MAX_VALUE, 0, 0);

  /** As it is now. A heap that is less in use than before was collected in between. */
  Memory next() {
    long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Memory(now, now < used ? now : live, Runtime.getRuntime().maxMemory());
  }
}
