package io.kuber.engine.container;

import io.kuber.container.ContainerMount;
import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a container has mounted, of what its client and its image say; pure. */
final class MountPlan {
  private static final int FOR_ALL = 01777;

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

  /**
   * Where there is to be an empty directory in memory, {@code /dev/shm} of another size among them.
   *
   * @throws EngineException 400 for options that are not supported
   */
  static List<ContainerMount> inMemory(Tree host) {
    List<ContainerMount> places = new ArrayList<>();
    long shared = host.number(0, "ShmSize");
    if (shared > 0) {
      places.add(new ContainerMount.Tmpfs("/dev/shm", shared, FOR_ALL, false));
    }
    host.tree("Tmpfs").forEach((at, options) -> places.add(tmpfs(absolute(at), options)));
    for (Tree one : host.items("Mounts").trees()) {
      if (one.text("Type").equals("tmpfs")) {
        long size = one.number(0, "TmpfsOptions", "SizeBytes");
        int mode = (int) one.number(0, "TmpfsOptions", "Mode");
        places.add(
            new ContainerMount.Tmpfs(
                absolute(one.text("Target")), size, mode == 0 ? FOR_ALL : mode, false));
      }
    }
    return places;
  }

  private static ContainerMount tmpfs(String at, Object options) {
    long size = 0;
    int mode = FOR_ALL;
    boolean executable = false;
    for (String option : options.toString().split(",", -1)) {
      String value = option.substring(option.indexOf('=') + 1);
      if (option.matches("size=[0-9]{1,15}[kKmMgG]?")) {
        size = bytes(value);
      } else if (option.matches("mode=[0-7]{1,4}")) {
        mode = Integer.parseInt(value, 8);
      } else if (option.equals("exec") || option.equals("noexec")) {
        executable = option.equals("exec");
      } else if (!Set.of("", "rw", "nosuid", "nodev").contains(option)) {
        throw EngineException.malformed("--tmpfs: " + at + ": invalid option: " + option);
      }
    }
    return new ContainerMount.Tmpfs(at, size, mode, executable);
  }

  private static long bytes(String text) {
    int unit = "kmg".indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
    return unit < 0
        ? Long.parseLong(text)
        : Long.parseLong(text.substring(0, text.length() - 1)) << 10 * (unit + 1);
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
