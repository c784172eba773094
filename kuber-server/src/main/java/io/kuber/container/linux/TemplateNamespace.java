package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mount namespace with nothing but an empty file system and a place for a root in it. Containers
 * begin with a copy of this one rather than of the machine's, whose thousand mounts would each cost
 * time. It lives as long as its descriptor.
 */
final class TemplateNamespace implements AutoCloseable {
  /** Where in the namespace a container's root gets attached. */
  static final String ROOT = "/root";

  private final Syscalls linux;
  private final int descriptor;

  private TemplateNamespace(Syscalls linux, int descriptor) {
    this.linux = linux;
    this.descriptor = descriptor;
  }

  /**
   * Makes the namespace.
   *
   * @param place an empty directory, over which nothing stays mounted on the machine
   */
  static TemplateNamespace make(Syscalls linux, Path place) {
    int descriptor = NamespaceThread.call("kuber-template", () -> makeHere(linux, place));
    return new TemplateNamespace(linux, descriptor);
  }

  private static int makeHere(Syscalls linux, Path place) {
    linux.unshare(Uapi.CLONE_NEWNS);
    linux.mount("none", "/", "", Uapi.MS_REC | Uapi.MS_PRIVATE, "");
    linux.mount("tmpfs", place.toString(), "tmpfs", 0, "mode=755,size=64k");
    try {
      Files.createDirectory(Path.of(place + ROOT));
      Files.createDirectory(place.resolve("proc"));
      Files.createDirectory(place.resolve("sys"));
    } catch (IOException e) {
      throw new ContainerException("cannot fill the template of mounts: " + e, e);
    }
    linux.mount("proc", place.resolve("proc").toString(), "proc", 0, "");
    // Root of a user namespace may mount what it could see all of, and nothing else of these kinds.
    linux.mount("sysfs", place.resolve("sys").toString(), "sysfs", 0, "");
    int root = linux.open(place.toString(), Uapi.O_PATH, 0);
    linux.changeDirectory(root);
    linux.close(root);
    linux.pivotRoot(".", ".");
    linux.umount(".", Uapi.MNT_DETACH);
    return linux.open("/proc/thread-self/ns/mnt", Uapi.O_RDONLY, 0);
  }

  int descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    linux.close(descriptor);
  }
}
