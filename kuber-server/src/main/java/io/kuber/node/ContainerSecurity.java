package io.kuber.node;

import io.kuber.container.CallFilter;
import io.kuber.container.Capability;
import io.kuber.container.Security;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a container may do (core/v1 SecurityContext). Reads profiles; pure but for that. */
final class ContainerSecurity {
  private ContainerSecurity() {}

  /** The most of a profile that is read. */
  private static final long MAX_PROFILE_BYTES = 1 << 20;

  /**
   * The rights of a container.
   *
   * @param profiles the directory of profiles of system calls that people put there
   * @throws ContainerConfigException when it asks for what there is not
   */
  static Security of(Tree podSpec, Tree container, Path profiles) {
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
    if (context.text("procMount").equals("Unmasked")) {
      security = security.withUnmasked();
    }
    return security.withSeccomp(filter(podSpec, context, profiles));
  }

  /** Without a word about it, system calls are filtered by the default list. */
  private static CallFilter filter(Tree podSpec, Tree context, Path profiles) {
    Tree own = context.tree("seccompProfile");
    Tree profile = own.isEmpty() ? podSpec.tree("securityContext", "seccompProfile") : own;
    return switch (profile.text("type")) {
      case "Localhost" -> loaded(profiles.resolve(profile.text("localhostProfile")));
      case "Unconfined" -> CallFilter.NONE;
      default -> CallFilter.STANDARD;
    };
  }

  private static CallFilter loaded(Path file) {
    try {
      if (Files.size(file) > MAX_PROFILE_BYTES) {
        throw new IOException("it is larger than " + MAX_PROFILE_BYTES + " bytes");
      }
      return new CallFilter.Profile(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ContainerConfigException(
          "cannot load seccomp profile \"" + file + "\": no such file or directory");
    } catch (IOException e) {
      throw new ContainerConfigException(
          "cannot load seccomp profile \"" + file + "\": " + Refusals.text(e));
    }
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
