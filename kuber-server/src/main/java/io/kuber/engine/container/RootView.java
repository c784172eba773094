package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.linux.Deletion;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A container's files as an open directory that is the root of all paths: links in it, wherever
 * they say they lead, are followed within. Belongs to one thread; closing it lets go.
 */
final class RootView implements AutoCloseable {
  private final Syscalls linux;
  private final int root;
  private final List<Path> temporary;

  private RootView(Syscalls linux, int root, List<Path> temporary) {
    this.linux = linux;
    this.root = root;
    this.temporary = temporary;
  }

  /** What a running container sees, with its volumes and all that it has mounted. */
  static RootView inside(Syscalls linux, Container container) {
    return new RootView(
        linux, linux.open("/proc/" + container.pid() + "/root", Uapi.O_PATH, 0), List.of());
  }

  /**
   * Layers over each other, to be read.
   *
   * @param layers topmost first
   */
  static RootView of(Syscalls linux, List<Path> layers) throws IOException {
    List<Path> all = new ArrayList<>(layers);
    // An overlay that nobody writes to has two layers at least.
    Path empty = Files.createTempDirectory("kuber-view");
    all.add(empty);
    int overlay = linux.fsopen("overlay");
    try {
      for (Path layer : all) {
        linux.fsconfig(overlay, "lowerdir+", layer.toString());
      }
      return new RootView(linux, linux.fsmount(overlay, Uapi.MOUNT_ATTR_RDONLY), List.of(empty));
    } catch (RuntimeException e) {
      Deletion.of(empty);
      throw e;
    } finally {
      linux.close(overlay);
    }
  }

  /**
   * What a container that does not run has left, to be changed.
   *
   * @param layers topmost first, of which the first gets what is changed
   */
  static RootView writable(Syscalls linux, List<Path> layers) throws IOException {
    Path work = Files.createDirectories(layers.get(0).resolveSibling("work"));
    int overlay = linux.fsopen("overlay");
    try {
      for (Path layer : layers.subList(1, layers.size())) {
        linux.fsconfig(overlay, "lowerdir+", layer.toString());
      }
      linux.fsconfig(overlay, "upperdir", layers.get(0).toString());
      linux.fsconfig(overlay, "workdir", work.toString());
      return new RootView(linux, linux.fsmount(overlay, 0), List.of());
    } finally {
      linux.close(overlay);
    }
  }

  /** The open directory, which stays this view's to close. */
  int root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    linux.close(root);
    for (Path each : temporary) {
      Deletion.of(each);
    }
  }
}
