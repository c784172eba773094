package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container has mounted, of what its client and its image say; pure. */
final class MountPlan {
  private MountPlan() {}

  /**
   * One mount.
   *
   * @param source a path of the machine, or the name of a volume; empty for a volume without name
   * @param isVolume whether it is a volume
   */
  record Mount(String source, String target, boolean readOnly, boolean isVolume) {}

  /**
   * All of them, by their places.
   *
   * @throws EngineException 400 for what is malformed or not supported
   */
  static List<Mount> of(Tree config, Tree host) {
    Map<String, Mount> mounts = new LinkedHashMap<>();
    config.tree("Volumes").forEach((at, nothing) -> mounts.put(at, new Mount("", at, false, true)));
    for (String bind : host.items("Binds").texts()) {
      Mount mount = bind(bind);
      mounts.put(mount.target(), mount);
    }
    for (Tree one : host.items("Mounts").trees()) {
      String type = one.text("Type");
      if (!type.equals("bind") && !type.equals("volume")) {
        if (!type.equals("tmpfs")) {
          throw EngineException.malformed("invalid mount config: mount type unknown: " + type);
        }
        continue;
      }
      String target = absolute(one.text("Target"));
      boolean isVolume = type.equals("volume");
      String source = isVolume ? one.text("Source") : absolute(one.text("Source"));
      mounts.put(target, new Mount(source, target, one.isTrue("ReadOnly"), isVolume));
    }
    return new ArrayList<>(mounts.values());
  }

  /** Where there is to be an empty directory in memory. */
  static List<String> inMemory(Tree host) {
    List<String> places = new ArrayList<>();
    host.tree("Tmpfs").forEach((at, options) -> places.add(absolute(at)));
    for (Tree one : host.items("Mounts").trees()) {
      if (one.text("Type").equals("tmpfs")) {
        places.add(absolute(one.text("Target")));
      }
    }
    return places;
  }

  private static Mount bind(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      return new Mount("", absolute(parts[0]), false, true);
    }
    if (parts.length > 3 || parts[0].isEmpty()) {
      throw EngineException.malformed("invalid volume specification: '" + text + "'");
    }
    boolean readOnly = false;
    for (String option : parts.length == 3 ? List.of(parts[2].split(",")) : List.<String>of()) {
      switch (option) {
        case "ro" -> readOnly = true;
        case "rw", "z", "Z", "rprivate", "" -> readOnly |= false;
        default ->
            throw EngineException.malformed(
                "invalid volume specification: '" + text + "': invalid mode: " + option);
      }
    }
    return new Mount(parts[0], absolute(parts[1]), readOnly, !parts[0].startsWith("/"));
  }

  private static String absolute(String path) {
    if (!path.startsWith("/") || path.equals("/")) {
      throw EngineException.malformed(
          "invalid mount path: '" + path + "' mount path must be absolute and not /");
    }
    return path;
  }
}
