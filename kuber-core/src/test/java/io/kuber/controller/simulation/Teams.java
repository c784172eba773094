package io.kuber.controller.simulation;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Namespaces that come and go, besides {@code default}, which stays. */
public final class Teams {
  /** How many there may be at the same time. */
  private static final int NAMES = 4;

  /** What people do: as many come as go. */
  public static final List<Consumer<Simulation>> DEEDS = List.of(Teams::found, Teams::dissolve);

  private Teams() {}

  /** Refused when it is there. */
  private static void found(Simulation cluster) {
    cluster
        .people()
        .create(
            Resources.NAMESPACES, Resources.NAMESPACES.object("", "team-" + cluster.below(NAMES)));
  }

  private static void dissolve(Simulation cluster) {
    String name = "team-" + cluster.below(NAMES);
    cluster.people().delete(Resources.NAMESPACES, "", name, DeleteOptions.DEFAULT);
  }

  /** The names of those that are to stay. */
  public static Set<String> living(Simulation cluster) {
    return cluster.list(Resources.NAMESPACES).stream()
        .filter(namespace -> !namespace.isBeingDeleted())
        .map(KubeObject::name)
        .collect(Collectors.toSet());
  }

  /** Whether the namespace of that key is there and to stay. */
  public static boolean lives(Step step, Key key) {
    return step.all(Resources.NAMESPACES).stream()
        .anyMatch(each -> each.name().equals(key.namespace()) && !each.isBeingDeleted());
  }
}
