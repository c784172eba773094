package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.Device;
import io.kuber.container.Resources;
import io.kuber.container.Usage;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A control group of version 2, into which children are cloned directly. */
final class CgroupV2 implements Cgroup {
  private static final List<String> USEFUL = List.of("memory", "cpu", "pids", "hugetlb");
  private static final long NANOS_PER_MICRO = 1000;
  private static final String NO_LIMIT = "max";

  private final CgroupsV2 all;
  private final String path;
  private final CgroupDirectory directory;

  CgroupV2(CgroupsV2 all, String path) {
    this.all = all;
    this.path = path;
    this.directory = new CgroupDirectory(all.mount().resolve(path));
  }

  @Override
  public void make(Resources limits) {
    Path parent = all.mount();
    for (Path name : Path.of(path)) {
      delegate(parent);
      parent = parent.resolve(name);
      new CgroupDirectory(parent).make();
    }
    if (limits.memoryBytes() > 0) {
      require("memory").set("memory.max", limits.memoryBytes());
      limitSwap(limits);
    }
    if (limits.cpuShares() > 0) {
      require("cpu").set("cpu.weight", weight(limits.cpuShares()));
    }
    if (limits.cpuQuotaMicros() > 0) {
      KernelFiles.write(
          require("cpu").file("cpu.max"),
          limits.cpuQuotaMicros() + " " + Resources.CPU_PERIOD_MICROS);
    }
    if (limits.pids() > 0) {
      require("pids").set("pids.max", limits.pids());
    }
    limits.hugePages().ifPresent(most -> directory.limitHugePages(most, "max"));
  }

  private void limitSwap(Resources limits) {
    String most = limits.swapBytes() < 0 ? NO_LIMIT : Long.toString(limits.swapBytes());
    KernelFiles.tryWrite(directory.file("memory.swap.max"), most);
  }

  @Override
  public void limit(Resources limits) {
    if (limits.memoryBytes() > 0 || all.controllers().contains("memory")) {
      KernelFiles.write(
          require("memory").file("memory.max"),
          limits.memoryBytes() > 0 ? Long.toString(limits.memoryBytes()) : NO_LIMIT);
      if (limits.memoryBytes() > 0) {
        limitSwap(limits);
      }
    }
    if (limits.pids() > 0) {
      require("pids").set("pids.max", limits.pids());
    }
    if (limits.cpuShares() > 0) {
      require("cpu").set("cpu.weight", weight(limits.cpuShares()));
    }
    if (limits.cpuQuotaMicros() > 0 || all.controllers().contains("cpu")) {
      String quota =
          limits.cpuQuotaMicros() > 0 ? Long.toString(limits.cpuQuotaMicros()) : NO_LIMIT;
      KernelFiles.write(require("cpu").file("cpu.max"), quota + " " + Resources.CPU_PERIOD_MICROS);
    }
  }

  /** Lets the groups below use the controllers that there are. */
  private void delegate(Path group) {
    String wanted =
        USEFUL.stream()
            .filter(all.controllers()::contains)
            .map(controller -> "+" + controller)
            .collect(Collectors.joining(" "));
    if (!wanted.isEmpty()) {
      KernelFiles.write(group.resolve("cgroup.subtree_control"), wanted);
    }
  }

  /** The weight of version 2 for shares of version 1, by the formula that all runtimes share. */
  static long weight(long shares) {
    long bounded = Math.max(2, Math.min(262_144, shares));
    return 1 + (bounded - 2) * 9999 / 262_142;
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
    return directory;
  }

  @Override
  public void restrictDevices(List<Device> more) {
    DeviceFilter.attach(Syscalls.linux(), directory.path(), more);
  }

  @Override
  public List<Integer> open() {
    return List.of(Syscalls.linux().open(directory.path().toString(), Uapi.O_RDONLY, 0));
  }

  @Override
  public OptionalInt cloneTarget(List<Integer> opened) {
    return OptionalInt.of(opened.get(0));
  }

  @Override
  public void join(Program program, List<Integer> opened) {
    // The child was cloned into the group.
  }

  @Override
  public List<Integer> processes() {
    return directory.processes();
  }

  @Override
  public void freeze(boolean held) {
    directory.set("cgroup.freeze", held ? 1 : 0);
    directory.await("the processes to stand still", () -> frozen() == held);
  }

  private boolean frozen() {
    return directory.number("cgroup.events", "frozen") == 1;
  }

  @Override
  public void killAll() {
    KernelFiles.tryWrite(directory.file("cgroup.kill"), "1");
    directory.killAll();
  }

  @Override
  public boolean oomKilled() {
    return directory.number("memory.events", "oom_kill") > 0;
  }

  @Override
  public Usage usage() {
    long used = directory.number("memory.current");
    long droppable = directory.number("memory.stat", "inactive_file");
    return new Usage(
        directory.number("cpu.stat", "usage_usec") * NANOS_PER_MICRO,
        used,
        Math.max(0, used - droppable),
        directory.number("memory.stat", "anon"),
        directory.number("memory.stat", "pgfault"),
        directory.number("memory.stat", "pgmajfault"),
        directory.number("pids.current"));
  }

  @Override
  public void remove() {
    directory.remove();
  }
}
