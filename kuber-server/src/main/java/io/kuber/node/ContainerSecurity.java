package io.kuber.node;

import io.kuber.container.Capability;
import io.kuber.container.Security;
import io.kuber.object.Tree;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a container may do (core/v1 SecurityContext). Pure. */
final class ContainerSecurity {
  private ContainerSecurity() {}

  static Security of(Tree podSpec, Tree container) {
    Tree context = container.tree("securityContext");
    Security security = Security.DEFAULT.withCapabilities(capabilities(context));
    if (context.isTrue("privileged")) {
      security = security.withPrivileged();
    }
    if (Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))) {
      security = security.withNoNewPrivileges();
    }
    if (context.isTrue("readOnlyRootFilesystem")) {
      security = security.withReadOnlyRoot();
    }
    return filtered(podSpec, context) ? security : security.withoutSeccomp();
  }

  /** Whether system calls are filtered; without a word about it they are, by the default list. */
  private static boolean filtered(Tree podSpec, Tree context) {
    Tree own = context.tree("seccompProfile");
    Tree profile = own.isEmpty() ? podSpec.tree("securityContext", "seccompProfile") : own;
    if (profile.text("type").equals("Localhost")) {
      throw new ContainerConfigException(
          "seccomp profile \"%s\" cannot be loaded: this node has no profiles of its own"
              .formatted(profile.text("localhostProfile")));
    }
    return !profile.text("type").equals("Unconfined");
  }

  /** Dropping comes before adding, so that {@code drop: [ALL]} leaves exactly what is added. */
  private static Set<Capability> capabilities(Tree context) {
    Set<Capability> set = EnumSet.copyOf(Capability.DEFAULT);
    List<String> add = context.items("capabilities", "add").texts();
    List<String> drop = context.items("capabilities", "drop").texts();
    if (add.contains("ALL")) {
      set.addAll(Capability.ALL);
    }
    if (drop.contains("ALL")) {
      set.clear();
    }
    drop.stream().filter(name -> !name.equals("ALL")).forEach(name -> set.remove(named(name)));
    add.stream().filter(name -> !name.equals("ALL")).forEach(name -> set.add(named(name)));
    return set;
  }

  private static Capability named(String name) {
    try {
      return Capability.named(name);
    } catch (IllegalArgumentException e) {
      throw new ContainerConfigException("unknown capability " + name);
    }
  }
}
