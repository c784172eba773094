package io.kuber.access.rbac;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.store.Store;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Allows what the roles that a user and its groups are bound to allow. For any thread. */
public final class RbacAuthorizer implements Authorizer {
  private final RbacIndex index;

  private RbacAuthorizer(RbacIndex index) {
    this.index = index;
  }

  /** One that follows the roles and bindings of the store, for as long as the store lives. */
  public static RbacAuthorizer of(Store store) {
    return new RbacAuthorizer(RbacIndex.of(store));
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    String namespace = deed instanceof Deed.OnResource onResource ? onResource.namespace() : "";
    Grant allowing = index.first(user, namespace, grant -> allows(grant, deed));
    return allowing == null
        ? Ruling.refuse(missingRoles(user, namespace))
        : Ruling.allow(allowing.reason());
  }

  private boolean allows(Grant grant, Deed deed) {
    RoleRules rules = index.rules(grant.role());
    return rules != null && rules.allow(deed);
  }

  /** What bindings refer to in vain, as pkg/registry/rbac/validation/rule.go tells it. */
  private String missingRoles(User user, String namespace) {
    Set<String> missing = new LinkedHashSet<>();
    index.first(
        user,
        namespace,
        grant -> {
          if (index.rules(grant.role()) == null) {
            missing.add(notFound(grant.role()));
          }
          return false;
        });
    return switch (missing.size()) {
      case 0 -> "";
      case 1 -> "RBAC: " + missing.iterator().next();
      default -> "RBAC: [" + String.join(", ", missing) + "]";
    };
  }

  private static String notFound(Key role) {
    boolean everywhere = role.resource().equals(Resources.CLUSTER_ROLES.qualifiedName());
    String kind = (everywhere ? Resources.CLUSTER_ROLES : Resources.ROLES).singular();
    return kind + ".rbac.authorization.k8s.io \"" + role.name() + "\" not found";
  }

  @Override
  public Rights rights(User user, String namespace) {
    Rights[] all = {Rights.NONE};
    index.first(
        user,
        namespace,
        grant -> {
          all[0] = all[0].and(held(index.rules(grant.role()), grant));
          return false;
        });
    return all[0];
  }

  /** Paths are nowhere in a namespace. */
  private static Rights held(@Nullable RoleRules rules, Grant grant) {
    if (rules == null) {
      return Rights.NONE;
    }
    Rights rights = rules.rights();
    return grant.namespace().isEmpty()
        ? rights
        : new Rights(rights.onResources(), List.of(), false);
  }
}
