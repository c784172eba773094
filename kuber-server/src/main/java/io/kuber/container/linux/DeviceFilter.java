package io.kuber.container.linux;

import io.kuber.container.Device;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container may do with devices under control groups of version 2, as an eBPF program: make
 * any node, use the harmless ones. Version 1 has files for that.
 */
final class DeviceFilter {
  private static final int CGROUP_DEVICE_PROGRAM = 15;
  private static final int CGROUP_DEVICE = 6;
  private static final int ALLOW_MULTI = 2;

  // Operations of eBPF that are used here.
  private static final int LOAD_WORD = 0x61;
  private static final int AND = 0x57;
  private static final int SHIFT_RIGHT = 0x77;
  private static final int COPY = 0xbf;
  private static final int SET = 0xb7;
  private static final int JUMP_UNLESS_EQUAL = 0x55;
  private static final int EXIT = 0x95;

  // Registers: the result, the context, and what is taken from it.
  private static final int RESULT = 0;
  private static final int CONTEXT = 1;
  private static final int TYPE = 2;
  private static final int ACCESS = 3;
  private static final int MAJOR = 4;
  private static final int MINOR = 5;

  private static final int MAKE_NODE = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;
  private static final int ALL_ACCESS = MAKE_NODE | READ | WRITE;
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;

  /** Major and minor numbers of usable character devices; -1 is any. */
  private static final int[][] USABLE = {
    {1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 2}, {136, -1}
  };

  private final List<Long> program = new ArrayList<>();

  private DeviceFilter() {}

  /** Restricts a control group; the program lives as long as the group. */
  static void attach(Syscalls linux, Path cgroup, List<Device> more) {
    try (Descriptors opened = new Descriptors(linux)) {
      int group = opened.add(linux.open(cgroup.toString(), Uapi.O_RDONLY, 0));
      int program = opened.add(linux.loadBpf(CGROUP_DEVICE_PROGRAM, instructions(more)));
      linux.attachBpf(program, group, CGROUP_DEVICE, ALLOW_MULTI);
    }
  }

  static byte[] instructions(List<Device> more) {
    DeviceFilter filter = new DeviceFilter();
    filter.add(LOAD_WORD, TYPE, CONTEXT, 0, 0);
    filter.add(LOAD_WORD, MAJOR, CONTEXT, 4, 0);
    filter.add(LOAD_WORD, MINOR, CONTEXT, 8, 0);
    filter.add(COPY, ACCESS, TYPE, 0, 0);
    filter.add(SHIFT_RIGHT, ACCESS, 0, 0, 16);
    filter.add(AND, TYPE, 0, 0, 0xffff);
    filter.add(JUMP_UNLESS_EQUAL, ACCESS, 0, 2, MAKE_NODE);
    filter.answer(1);
    for (int[] device : USABLE) {
      boolean anyMinor = device[1] < 0;
      filter.add(JUMP_UNLESS_EQUAL, TYPE, 0, anyMinor ? 3 : 4, CHARACTER);
      filter.add(JUMP_UNLESS_EQUAL, MAJOR, 0, anyMinor ? 2 : 3, device[0]);
      if (!anyMinor) {
        filter.add(JUMP_UNLESS_EQUAL, MINOR, 0, 2, device[1]);
      }
      filter.answer(1);
    }
    more.forEach(filter::allow);
    filter.answer(0);
    return filter.encode();
  }

  /** The last jumps go behind what says yes, those before them one step further each. */
  private void allow(Device device) {
    int denied = ALL_ACCESS & ~bits(device.access());
    add(JUMP_UNLESS_EQUAL, TYPE, 0, 7, device.block() ? BLOCK : CHARACTER);
    add(JUMP_UNLESS_EQUAL, MAJOR, 0, 6, device.major());
    add(JUMP_UNLESS_EQUAL, MINOR, 0, 5, device.minor());
    add(COPY, RESULT, ACCESS, 0, 0);
    add(AND, RESULT, 0, 0, denied);
    add(JUMP_UNLESS_EQUAL, RESULT, 0, 2, 0);
    answer(1);
  }

  private static int bits(String access) {
    return (access.contains("m") ? MAKE_NODE : 0)
        | (access.contains("r") ? READ : 0)
        | (access.contains("w") ? WRITE : 0);
  }

  private void answer(int verdict) {
    add(SET, RESULT, 0, 0, verdict);
    add(EXIT, 0, 0, 0, 0);
  }

  private void add(int operation, int target, int source, int offset, int value) {
    program.add(
        operation
            | (long) target << 8
            | (long) source << 12
            | (long) offset << 16
            | (long) value << 32);
  }

  private byte[] encode() {
    byte[] bytes = new byte[program.size() * Long.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    program.forEach(buffer::putLong);
    return bytes;
  }
}
