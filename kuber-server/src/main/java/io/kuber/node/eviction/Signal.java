package io.kuber.node.eviction;

import io.kuber.node.stats.FileUse;
import io.kuber.node.stats.MachineUse;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.PodSummary;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a node may run short of, the one that is seen to first at the front. */
enum Signal {
  MEMORY_AVAILABLE(
      "memory.available",
      "memory",
      Pressure.MEMORY,
      summary -> of(summary.machine()),
      PodSummary::workingSetBytes),
  NODE_FILES_AVAILABLE(
      "nodefs.available",
      "ephemeral-storage",
      Pressure.DISK,
      summary -> bytes(summary.files()),
      PodSummary::diskBytes),
  NODE_FILES_INODES_FREE(
      "nodefs.inodesFree",
      "inodes",
      Pressure.DISK,
      summary -> files(summary.files()),
      PodSummary::diskFiles),
  IMAGE_FILES_AVAILABLE(
      "imagefs.available",
      "ephemeral-storage",
      Pressure.DISK,
      summary -> bytes(summary.imageFiles()),
      PodSummary::diskBytes),
  PID_AVAILABLE(
      "pid.available", "pids", Pressure.PID, summary -> pids(summary.machine()), PodSummary::pids);

  private final String text;
  private final String resource;
  private final Pressure pressure;
  private final Function<Summary, Observation> observe;
  private final ToLongFunction<PodSummary> use;

  Signal(
      String text,
      String resource,
      Pressure pressure,
      Function<Summary, Observation> observe,
      ToLongFunction<PodSummary> use) {
    this.text = text;
    this.resource = resource;
    this.pressure = pressure;
    this.observe = observe;
    this.use = use;
  }

  /**
   * What is left of something.
   *
   * @param capacity of all of it; 0 where nothing is known, as of file systems without inodes
   */
  record Observation(long available, long capacity) {}

  private static Observation of(MachineUse machine) {
    return new Observation(machine.availableBytes(), machine.memoryBytes());
  }

  private static Observation bytes(FileUse files) {
    return new Observation(files.available(), files.capacity());
  }

  private static Observation files(FileUse files) {
    return new Observation(files.inodesFree(), files.inodes());
  }

  private static Observation pids(MachineUse machine) {
    return new Observation(machine.maxPids() - machine.used().pids(), machine.maxPids());
  }

  /** As thresholds name it. */
  String text() {
    return text;
  }

  /** As messages and requests name what is short. */
  String resource() {
    return resource;
  }

  Pressure pressure() {
    return pressure;
  }

  Observation observe(Summary summary) {
    return observe.apply(summary);
  }

  /** How much a pod has of it. */
  long usedBy(PodSummary pod) {
    return use.applyAsLong(pod);
  }
}
