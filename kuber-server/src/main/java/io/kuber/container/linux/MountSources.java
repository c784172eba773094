package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerMount.Access;
import io.kuber.container.ContainerMount.Propagation;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.util.Optional;

/** Makes detached mounts of what a container asks for, with the rights that it gets. */
final class MountSources {
  private final Syscalls linux;
  private final Optional<OwnUsers> users;
  private final Descriptors opened;

  /**
   * Sources for the containers of a pod.
   *
   * @param users the pod's, if it has its own: files then belong to those of the same number
   * @param opened closes all that is made here
   */
  MountSources(Syscalls linux, Optional<OwnUsers> users, Descriptors opened) {
    this.linux = linux;
    this.users = users;
    this.opened = opened;
  }

  /** A descriptor of the detached mount, or -1 for one that is made from nothing. */
  int open(ContainerMount mount) {
    try {
      if (mount instanceof ContainerMount.Bind bind) {
        return bind(bind);
      }
      if (mount instanceof ContainerMount.Device device) {
        int source = opened.add(linux.open(device.source().toString(), Uapi.O_PATH, 0));
        return opened.add(linux.cloneTree(source));
      }
      return mount instanceof ContainerMount.Layers layers ? layers(layers) : -1;
    } catch (SyscallException e) {
      throw new ContainerException(
          "cannot mount " + source(mount) + " at " + mount.target() + ": " + reason(e), e);
    }
  }

  private static String source(ContainerMount mount) {
    if (mount instanceof ContainerMount.Device device) {
      return device.source().toString();
    }
    return mount instanceof ContainerMount.Bind bind ? bind.source().toString() : "an image";
  }

  private String reason(SyscallException failure) {
    if (users.isPresent() && failure.is(Errno.EINVAL)) {
      return "its file system cannot map owners, as a pod with hostUsers: false needs it";
    }
    return failure.is(Errno.ENOENT) ? "it does not exist" : String.valueOf(failure.getMessage());
  }

  private int bind(ContainerMount.Bind bind) {
    int source = opened.add(linux.open(bind.source().toString(), Uapi.O_PATH, 0));
    checkPropagation(source, bind);
    int part = part(source, bind.part(), bind.target());
    int tree = opened.add(linux.cloneTree(part));
    int reach = bind.access() == Access.RECURSIVELY_READ_ONLY ? Uapi.AT_RECURSIVE : 0;
    if (bind.readOnly()) {
      linux.mountAttributes(tree, reach, Uapi.MOUNT_ATTR_RDONLY, 0);
    }
    users.ifPresent(own -> linux.mapOwners(tree, Uapi.AT_RECURSIVE, own.namespace()));
    if (bind.propagation() != Propagation.BIDIRECTIONAL) {
      boolean receives = bind.propagation() == Propagation.HOST_TO_CONTAINER;
      long type = receives ? Uapi.MS_SLAVE : Uapi.MS_PRIVATE;
      linux.mountAttributes(tree, Uapi.AT_RECURSIVE, 0, type);
    }
    return tree;
  }

  private int part(int source, String part, String target) {
    return part.isEmpty() ? source : opened.add(new Parts(linux, source, target).open(part));
  }

  /**
   * Containers that wait for mounts in vain are worse off than those that hear why (containerd).
   */
  private static void checkPropagation(int source, ContainerMount.Bind bind) {
    boolean possible =
        switch (bind.propagation()) {
          case NONE -> true;
          case HOST_TO_CONTAINER -> MountTable.receives(source);
          case BIDIRECTIONAL -> MountTable.sends(source);
        };
    if (!possible) {
      String needed =
          bind.propagation() == Propagation.BIDIRECTIONAL ? "a shared" : "a shared or slave";
      throw new ContainerException(
          "path \""
              + bind.source()
              + "\" is mounted on the machine but it is not "
              + needed
              + " mount; make it one with: mount --make-rshared");
    }
  }

  private int layers(ContainerMount.Layers mount) {
    if (mount.layers().size() == 1) {
      return bind(
          new ContainerMount.Bind(
              mount.layers().get(0),
              mount.part(),
              mount.target(),
              Access.RECURSIVELY_READ_ONLY,
              Propagation.NONE));
    }
    int overlay = opened.add(OverlayRoot.readOnly(linux, mount.layers(), users));
    int part = part(overlay, mount.part(), mount.target());
    return part == overlay ? overlay : opened.add(linux.cloneTree(part));
  }
}
