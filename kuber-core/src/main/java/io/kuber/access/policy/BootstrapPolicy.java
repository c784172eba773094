package io.kuber.access.policy;

import com.google.common.base.Suppliers;
import io.kuber.object.KubeObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The roles and bindings that every cluster has, and what is to be done about each. Pure. */
public final class BootstrapPolicy {
  /** Whose value {@code false} keeps an object as people have made it. */
  static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

  private static final Supplier<List<KubeObject>> OBJECTS =
      Suppliers.memoize(() -> List.copyOf(PolicyTable.read()));

  private BootstrapPolicy() {}

  /** All of them as they are made: roles before bindings. */
  public static List<KubeObject> objects() {
    return OBJECTS.get();
  }

  /** The one of that name; fails when there is none, which is a mistake of the caller. */
  public static KubeObject clusterRole(String name) {
    return objects().stream()
        .filter(object -> object.kind().equals("ClusterRole") && object.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * What to write, in this order.
   *
   * @param present the object that is there in the place of one of {@link #objects()}
   */
  public static List<Repair> repairs(Function<KubeObject, Optional<KubeObject>> present) {
    return objects().stream()
        .flatMap(wanted -> repair(wanted, present.apply(wanted)).stream())
        .toList();
  }

  private static Optional<Repair> repair(KubeObject wanted, Optional<KubeObject> present) {
    if (present.isEmpty()) {
      return Optional.of(new Repair.Create(wanted));
    }
    KubeObject there = present.get();
    if ("false".equals(there.annotations().get(AUTO_UPDATE))) {
      return Optional.empty();
    }
    if (wanted.tree().has("roleRef")
        && !there.tree().tree("roleRef").equals(wanted.tree().tree("roleRef"))) {
      return Optional.of(new Repair.Recreate(wanted));
    }
    KubeObject mended = Mending.mended(wanted, there);
    return mended.equals(there) ? Optional.empty() : Optional.of(new Repair.Update(mended));
  }
}
