package io.kuber.access.rbac;

import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Rights.OnResources;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one role, found by the resource that they name: a role of a hundred rules costs as
 * little to ask as one of three. Immutable.
 */
public final class RoleRules {
  private static final String ANY = "*";

  private final Rights rights;

  /** By {@code pods}, {@code pods/log}, {@code *} and the like. */
  private final Map<String, List<OnResources>> byTarget = new HashMap<>();

  private RoleRules(Rights rights) {
    this.rights = rights;
    for (OnResources rule : rights.onResources()) {
      for (String target : rule.resources()) {
        byTarget.computeIfAbsent(target, unused -> new ArrayList<>(1)).add(rule);
      }
    }
  }

  /** The rules of a Role or ClusterRole. */
  public static RoleRules of(KubeObject role) {
    return new RoleRules(Rules.of(role));
  }

  Rights rights() {
    return rights;
  }

  /** Whether a rule allows the deed. */
  public boolean allow(Deed deed) {
    if (deed instanceof Deed.OnPath onPath) {
      return rights.onPaths().stream().anyMatch(rule -> rule.allow(onPath));
    }
    Deed.OnResource onResource = (Deed.OnResource) deed;
    return allow(onResource.target(), onResource)
        || allow(ANY, onResource)
        || (!onResource.subresource().isEmpty()
            && allow(ANY + "/" + onResource.subresource(), onResource));
  }

  private boolean allow(String target, Deed.OnResource deed) {
    List<OnResources> rules = byTarget.get(target);
    if (rules == null) {
      return false;
    }
    for (OnResources rule : rules) {
      if (rule.allowVerbGroupAndName(deed)) {
        return true;
      }
    }
    return false;
  }
}
