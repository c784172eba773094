package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a container has in common with others: namespaces and volumes. Pure. */
final class Sharing {
  /** What modes begin with that name another container. */
  static final String CONTAINER = "container:";

  private static final Set<String> OWN_QUEUES = Set.of("", "private", "shareable", "host");

  private Sharing() {}

  /**
   * What a client says of the machine's side, with whole ids in place of what it calls others.
   *
   * @param idOf gives the id of a container that is there; 404 otherwise
   * @throws EngineException 400 for a mode that is none
   */
  static Tree settle(Tree host, UnaryOperator<String> idOf) {
    Tree settled = host;
    for (String field : List.of("NetworkMode", "PidMode", "IpcMode")) {
      String mode = host.text(field);
      if (mode.startsWith(CONTAINER)) {
        settled = settled.with(field, CONTAINER + idOf.apply(mode.substring(CONTAINER.length())));
      } else if (field.equals("PidMode") && !Set.of("", "host").contains(mode)) {
        throw EngineException.malformed("--pid: invalid PID mode: " + mode);
      } else if (field.equals("IpcMode") && !OWN_QUEUES.contains(mode)) {
        throw EngineException.malformed("--ipc: invalid IPC mode: " + mode);
      }
    }
    if (settled.isTrue("Init") && !settled.text("PidMode").isEmpty()) {
      throw EngineException.malformed(
          "--init: a container that shares its processes has no first process of its own");
    }
    return settled;
  }

  /**
   * The mounts of others as if a client had asked for them ({@code VolumesFrom}, such as {@code
   * web:ro}), but for places where the container has something itself.
   *
   * @param others the containers by what they are called there
   */
  static Tree withMountsOf(Tree config, Tree host, Others others) {
    Items binds = host.items("Binds");
    Set<String> own =
        MountPlan.of(config, host).stream()
            .map(MountPlan.Mount::target)
            .collect(Collectors.toCollection(HashSet::new));
    for (String from : host.items("VolumesFrom").texts()) {
      int colon = from.indexOf(':');
      String mode = colon < 0 ? "" : from.substring(colon + 1);
      if (!Set.of("", "ro", "rw", "z", "Z").contains(mode)) {
        throw EngineException.malformed("--volumes-from: invalid mode: " + mode);
      }
      for (String bind : binds(others.find(colon < 0 ? from : from.substring(0, colon)), mode)) {
        if (own.add(bind.split(":", -1)[1])) {
          binds = binds.plus(bind);
        }
      }
    }
    return binds.isEmpty() ? host : host.with("Binds", binds);
  }

  /** Containers by their names. */
  @FunctionalInterface
  interface Others {
    /** What is kept of one; 404 when there is none. */
    ContainerRecord find(String reference);
  }

  private static List<String> binds(ContainerRecord other, String mode) {
    List<String> binds = new ArrayList<>();
    for (MountPlan.Mount mount : MountPlan.of(other.config(), other.host())) {
      String source =
          mount.isVolume()
              ? other.volumes().getOrDefault(mount.target(), mount.source())
              : mount.source();
      boolean readOnly = mount.readOnly() || mode.equals("ro");
      binds.add(source + ":" + mount.target() + (readOnly ? ":ro" : ""));
    }
    return binds;
  }
}
