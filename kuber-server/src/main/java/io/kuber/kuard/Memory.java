package io.kuber.kuard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory that can be taken until the container's limit ends it. It is taken outside the heap and
 * written to, so that the kernel counts it against the container; {@code -XX:MaxDirectMemorySize}
 * bounds it. The monitor guards the list.
 */
final class Memory {
  static final long MAX_HELD = 64L << 30;
  private static final int CHUNK = 32 << 20;
  private static final int PAGE = 4096;

  private final List<ByteBuffer> held = new ArrayList<>();
  private long bytes;

  /** Takes this many bytes more; refused with 507 when there are no more to be had. */
  synchronized void allocate(long size) {
    if (size <= 0 || size > MAX_HELD - bytes) {
      throw Refusal.badRequest("size must be from 1 to " + (MAX_HELD - bytes) + " bytes");
    }
    try {
      for (long left = size; left > 0; ) {
        int length = (int) Math.min(left, CHUNK);
        held.add(filled(length));
        bytes += length;
        left -= length;
      }
    } catch (OutOfMemoryError e) {
      throw new Refusal(507, "the JVM gives no more memory: " + e.getMessage());
    }
  }

  synchronized void clear() {
    held.clear();
    bytes = 0;
    System.gc();
  }

  synchronized long held() {
    return bytes;
  }

  /** Bytes of this process in memory, as the kernel counts them; 0 where it does not say. */
  static long resident() {
    try {
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
      return Long.parseLong(pages[1]) * PAGE;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** Bytes that the container may use; 0 when there is no limit. */
  static long limit() {
    try {
      String max = Files.readString(Path.of("/sys/fs/cgroup/memory.max")).strip();
      return max.equals("max") ? 0 : Long.parseLong(max);
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** The names of the original's runtime where the JVM has the like, and what the kernel says. */
  Map<String, Object> json() {
    Runtime jvm = Runtime.getRuntime();
    long used = jvm.totalMemory() - jvm.freeMemory();
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("Alloc", used + held());
    stats.put("Sys", resident());
    stats.put("HeapAlloc", used);
    stats.put("HeapSys", jvm.totalMemory());
    stats.put("HeapIdle", jvm.freeMemory());
    stats.put("HeapInuse", used);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("memStats", stats);
    json.put("held", held());
    json.put("limit", limit());
    return json;
  }

  private static ByteBuffer filled(int length) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(length);
    for (int i = 0; i < length; i += PAGE) {
      buffer.put(i, (byte) 'x');
    }
    return buffer;
  }
}
