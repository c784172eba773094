package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients can say of a container that this engine does not do: whoever asks for it is told,
 * rather than to believe that it is done. Pure.
 */
final class Unserved {
  /** Fields of {@code HostConfig}. */
  private static final List<String> OF_HOST =
      List.of(
          "BlkioWeight",
          "CgroupParent",
          "CgroupnsMode",
          "CpuPeriod",
          "CpusetCpus",
          "CpusetMems",
          "DeviceCgroupRules",
          "DeviceRequests",
          "Devices",
          "DnsOptions",
          "DnsSearch",
          "GroupAdd",
          "Init",
          "IpcMode",
          "Isolation",
          "Links",
          "MemoryReservation",
          "MemorySwap",
          "OomKillDisable",
          "OomScoreAdj",
          "PidMode",
          "Runtime",
          "ShmSize",
          "StorageOpt",
          "Sysctls",
          "UTSMode",
          "Ulimits",
          "UsernsMode",
          "VolumeDriver",
          "VolumesFrom");

  /** Values that ask for what containers have anyway. */
  private static final Map<String, Set<Object>> USUAL =
      Map.of(
          "CgroupnsMode", Set.of("private"),
          "CpuPeriod", Set.of(100_000L),
          "IpcMode", Set.of("private"),
          "Isolation", Set.of("default"),
          "Runtime", Set.of("kuber"),
          "ShmSize", Set.of(64L << 20),
          "VolumeDriver", Set.of("local"));

  private static final Set<String> LOGS = Set.of("", "json-file", "local");

  private Unserved() {}

  /**
   * Refuses what cannot be done.
   *
   * @throws EngineException 400, which names the field
   */
  static void check(Tree config, Tree host) {
    for (String field : OF_HOST) {
      Object value = host.get(field);
      if (says(value) && !USUAL.getOrDefault(field, Set.of()).contains(value)) {
        throw refused("HostConfig." + field);
      }
    }
    if (!LOGS.contains(host.text("LogConfig", "Type"))) {
      throw refused("HostConfig.LogConfig.Type");
    }
    List<String> health = config.items("Healthcheck", "Test").texts();
    if (!health.isEmpty() && !health.equals(List.of("NONE"))) {
      throw refused("Healthcheck");
    }
  }

  private static EngineException refused(String field) {
    return EngineException.malformed(field + ": this engine does not have it; leave it out");
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
