package io.kuber.node.eviction;

/** A condition of the node that tells of a shortage (pkg/kubelet/nodestatus/setters.go). */
public enum Pressure {
  MEMORY(
      "MemoryPressure",
      new Words("KubeletHasInsufficientMemory", "kubelet has insufficient memory available"),
      new Words("KubeletHasSufficientMemory", "kubelet has sufficient memory available")),
  DISK(
      "DiskPressure",
      new Words("KubeletHasDiskPressure", "kubelet has disk pressure"),
      new Words("KubeletHasNoDiskPressure", "kubelet has no disk pressure")),
  PID(
      "PIDPressure",
      new Words("KubeletHasInsufficientPID", "kubelet has insufficient PID available"),
      new Words("KubeletHasSufficientPID", "kubelet has sufficient PID available"));

  private final String type;
  private final Words present;
  private final Words absent;

  Pressure(String type, Words present, Words absent) {
    this.type = type;
    this.present = present;
    this.absent = absent;
  }

  /** Reason and message of a condition. */
  public record Words(String reason, String message) {}

  /** The type of the condition. */
  public String type() {
    return type;
  }

  /** What the condition says. */
  public Words words(boolean isPresent) {
    return isPresent ? present : absent;
  }
}
