package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.Device;
import io.kuber.container.Resources;
import io.kuber.container.Usage;
import io.kuber.linux.Argument;
import io.kuber.linux.Call;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A control group of version 1: a directory of the same path in every controller's tree. */
final class CgroupV1 implements Cgroup {
  /** What a container may do with devices: make any node, and use these. */
  private static final List<String> ALLOWED_DEVICES =
      List.of(
          "c *:* m",
          "b *:* m",
          "c 1:3 rwm",
          "c 1:5 rwm",
          "c 1:7 rwm",
          "c 1:8 rwm",
          "c 1:9 rwm",
          "c 5:0 rwm",
          "c 5:2 rwm",
          "c 136:* rwm");

  private static final long NO_LIMIT = -1;
  private static final String STATE = "freezer.state";

  private final CgroupsV1 all;
  private final String path;

  CgroupV1(CgroupsV1 all, String path) {
    this.all = all;
    this.path = path;
  }

  private CgroupDirectory in(String controller) {
    return new CgroupDirectory(all.tree(controller).resolve(path));
  }

  private List<CgroupDirectory> directories() {
    return all.controllers().stream().map(this::in).toList();
  }

  @Override
  public void make(Resources limits) {
    directories().forEach(CgroupDirectory::make);
    if (limits.memoryBytes() > 0) {
      limitMemory(limits.memoryBytes(), withSwap(limits));
    }
    if (limits.cpuShares() > 0) {
      require("cpu").set("cpu.shares", limits.cpuShares());
    }
    if (limits.cpuQuotaMicros() > 0) {
      require("cpu").set("cpu.cfs_period_us", Resources.CPU_PERIOD_MICROS);
      require("cpu").set("cpu.cfs_quota_us", limits.cpuQuotaMicros());
    }
    if (limits.pids() > 0) {
      require("pids").set("pids.max", limits.pids());
    }
    limits.hugePages().ifPresent(most -> in("hugetlb").limitHugePages(most, "limit_in_bytes"));
  }

  /** Memory with swap is never less than memory, so it grows first and shrinks last. */
  private void limitMemory(long bytes, long both) {
    Path withSwap = in("memory").file("memory.memsw.limit_in_bytes");
    KernelFiles.tryWrite(withSwap, Long.toString(both));
    require("memory").set("memory.limit_in_bytes", bytes);
    KernelFiles.tryWrite(withSwap, Long.toString(both));
  }

  private static long withSwap(Resources limits) {
    return limits.swapBytes() < 0 ? NO_LIMIT : limits.memoryBytes() + limits.swapBytes();
  }

  @Override
  public void limit(Resources limits) {
    if (limits.memoryBytes() > 0 || all.controllers().contains("memory")) {
      boolean limited = limits.memoryBytes() > 0;
      limitMemory(limited ? limits.memoryBytes() : NO_LIMIT, limited ? withSwap(limits) : NO_LIMIT);
    }
    if (limits.pids() > 0) {
      require("pids").set("pids.max", limits.pids());
    }
    if (limits.cpuShares() > 0) {
      require("cpu").set("cpu.shares", limits.cpuShares());
    }
    if (limits.cpuQuotaMicros() > 0 || all.controllers().contains("cpu")) {
      require("cpu").set("cpu.cfs_period_us", Resources.CPU_PERIOD_MICROS);
      require("cpu")
          .set(
              "cpu.cfs_quota_us", limits.cpuQuotaMicros() > 0 ? limits.cpuQuotaMicros() : NO_LIMIT);
    }
  }

  private CgroupDirectory require(String controller) {
    if (!all.controllers().contains(controller)) {
      throw new ContainerException(
          "a limit of "
              + controller
              + " needs the "
              + controller
              + " cgroup controller, which this machine lacks; remove the limit or enable it");
    }
    return in(controller);
  }

  @Override
  public void restrictDevices(List<Device> more) {
    if (all.controllers().contains("devices")) {
      KernelFiles.write(in("devices").file("devices.deny"), "a");
      for (String device : ALLOWED_DEVICES) {
        KernelFiles.write(in("devices").file("devices.allow"), device);
      }
      for (Device device : more) {
        String line =
            "%s %d:%d %s"
                .formatted(
                    device.block() ? "b" : "c", device.major(), device.minor(), device.access());
        KernelFiles.write(in("devices").file("devices.allow"), line);
      }
    }
  }

  @Override
  public List<Integer> open() {
    List<Integer> opened = new ArrayList<>();
    for (CgroupDirectory directory : directories()) {
      String file = directory.file("cgroup.procs").toString();
      opened.add(Syscalls.linux().open(file, Uapi.O_WRONLY, 0));
    }
    return opened;
  }

  @Override
  public OptionalInt cloneTarget(List<Integer> opened) {
    return OptionalInt.empty();
  }

  @Override
  public void join(Program program, List<Integer> opened) {
    byte[] self = "0".getBytes(StandardCharsets.UTF_8);
    for (int descriptor : opened) {
      program.must(Call.WRITE, new Argument.Inherited(descriptor), self, self.length);
    }
  }

  @Override
  public List<Integer> processes() {
    return directories().stream()
        .flatMap(directory -> directory.processes().stream())
        .distinct()
        .toList();
  }

  @Override
  public void freeze(boolean held) {
    String state = held ? "FROZEN" : "THAWED";
    CgroupDirectory freezer = require("freezer");
    // A process that was made meanwhile may need another word.
    freezer.await(
        "the processes to be " + state,
        () -> {
          KernelFiles.write(freezer.file(STATE), state);
          return KernelFiles.readOr(freezer.file(STATE), "").strip().equals(state);
        });
  }

  /** Who is held up does not even die. */
  private static void thaw(CgroupDirectory group) {
    KernelFiles.tryWrite(group.file(STATE), "THAWED");
    group.children().forEach(CgroupV1::thaw);
  }

  @Override
  public void killAll() {
    thaw(in("freezer"));
    directories().forEach(CgroupDirectory::killAll);
  }

  @Override
  public boolean oomKilled() {
    return in("memory").number("memory.oom_control", "oom_kill") > 0;
  }

  @Override
  public Usage usage() {
    CgroupDirectory memory = in("memory");
    long used = memory.number("memory.usage_in_bytes");
    long droppable = memory.number("memory.stat", "total_inactive_file");
    return new Usage(
        in("cpuacct").number("cpuacct.usage"),
        used,
        Math.max(0, used - droppable),
        memory.number("memory.stat", "total_rss"),
        memory.number("memory.stat", "total_pgfault"),
        memory.number("memory.stat", "total_pgmajfault"),
        in("pids").number("pids.current"));
  }

  @Override
  public void remove() {
    directories().forEach(CgroupDirectory::remove);
  }
}
