package io.kuber.testkit.report;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * The heap at one moment, in bytes.
 *
 * @param used garbage included
 * @param live what was left when each part of the heap was last collected
 * @param limit how much there may be
 */
public record Memory(long used, long live, long limit) {
  /** As it is now. */
  static Memory now() {
    long live = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && left != null) {
        live += left.getUsed();
      }
    }
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Memory(used, live, Runtime.getRuntime().maxMemory());
  }
}
