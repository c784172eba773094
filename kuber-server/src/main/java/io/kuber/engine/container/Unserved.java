package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients can say of a container that this engine does not do: whoever asks for it is told,
 * rather than to believe that it is done. Pure.
 */
final class Unserved {
  /** Fields of {@code HostConfig}, and the flags that clients have for them. */
  private static final Map<String, String> OF_HOST =
      Map.ofEntries(
          Map.entry("BlkioWeight", "--blkio-weight"),
          Map.entry("BlkioWeightDevice", "--blkio-weight-device"),
          Map.entry("CgroupParent", "--cgroup-parent"),
          Map.entry("CgroupnsMode", "--cgroupns"),
          Map.entry("CpusetCpus", "--cpuset-cpus"),
          Map.entry("CpusetMems", "--cpuset-mems"),
          Map.entry("DeviceCgroupRules", "--device-cgroup-rule"),
          Map.entry("DeviceRequests", "--gpus"),
          Map.entry("Isolation", "--isolation"),
          Map.entry("Links", "--link"),
          Map.entry("MemoryReservation", "--memory-reservation"),
          Map.entry("OomKillDisable", "--oom-kill-disable"),
          Map.entry("Runtime", "--runtime"),
          Map.entry("StorageOpt", "--storage-opt"),
          Map.entry("UTSMode", "--uts"),
          Map.entry("UsernsMode", "--userns"),
          Map.entry("VolumeDriver", "--volume-driver"));

  /** Values that ask for what containers have anyway. */
  private static final Map<String, Set<Object>> USUAL =
      Map.of(
          "CgroupnsMode", Set.of("private"),
          "Isolation", Set.of("default"),
          "Runtime", Set.of("kuber"),
          "UsernsMode", Set.of("host"),
          "VolumeDriver", Set.of("local"));

  private static final Set<String> LOGS = Set.of("", "json-file", "local");

  private Unserved() {}

  /**
   * Refuses what cannot be done.
   *
   * @param host {@code HostConfig}, or what an update says of it
   * @throws EngineException 400, which names the flag and the field
   */
  static void check(Tree host) {
    OF_HOST.keySet().stream()
        .sorted()
        .filter(field -> says(host.get(field)))
        .filter(field -> !USUAL.getOrDefault(field, Set.of()).contains(host.get(field)))
        .findFirst()
        .ifPresent(field -> refuse(OF_HOST.get(field), field));
    if (!LOGS.contains(host.text("LogConfig", "Type"))) {
      refuse("--log-driver", "LogConfig.Type");
    }
  }

  private static void refuse(@Nullable String flag, String field) {
    throw EngineException.malformed(
        flag + ": this engine does not have it; leave it out (HostConfig." + field + ")");
  }

  /** Clients send all fields, with what means nothing in most. */
  private static boolean says(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue() > 0;
    }
    if (value instanceof Items items) {
      return !items.isEmpty();
    }
    if (value instanceof Tree tree) {
      return tree.size() > 0;
    }
    return value != null && value != Nil.NIL && !value.equals("") && !value.equals(false);
  }
}
