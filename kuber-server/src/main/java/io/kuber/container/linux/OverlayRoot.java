package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A container's root file system: read-only layers and a writable directory over them, as an
 * overlay that is mounted nowhere until the container takes it.
 */
final class OverlayRoot {
  /** The longest string that the kernel takes as a mount parameter. */
  private static final int LONGEST_PARAMETER = 255;

  /** Where a writable directory has what its container changed. */
  static final String UPPER = "upper";

  private OverlayRoot() {}

  /**
   * Makes the overlay.
   *
   * @param layers topmost first
   * @param writable a directory of the container alone, in which the overlay keeps changes
   * @param users who the pod's users are, if it has its own
   * @return a descriptor of the detached mount, for the caller to close
   */
  static int make(Syscalls linux, List<Path> layers, Path writable, Optional<OwnUsers> users) {
    Path upper = writable.resolve(UPPER);
    Path work = writable.resolve("work");
    try {
      Files.createDirectories(upper);
      Files.createDirectories(work);
      if (users.isPresent()) {
        int root = users.get().range().outside(0);
        Files.setAttribute(upper, "unix:uid", root);
        Files.setAttribute(upper, "unix:gid", root);
      }
    } catch (IOException e) {
      throw new ContainerException("cannot make the writable layer in " + writable + ": " + e, e);
    }
    int overlay = linux.fsopen("overlay");
    try (Descriptors opened = new Descriptors(linux)) {
      addLayers(linux, overlay, layers, users, opened);
      linux.fsconfig(overlay, "upperdir", upper.toString());
      linux.fsconfig(overlay, "workdir", work.toString());
      return linux.fsmount(overlay, 0);
    } finally {
      linux.close(overlay);
    }
  }

  /** A detached read-only overlay of at least two layers, topmost first; the caller closes it. */
  static int readOnly(Syscalls linux, List<Path> layers, Optional<OwnUsers> users) {
    int overlay = linux.fsopen("overlay");
    try (Descriptors opened = new Descriptors(linux)) {
      addLayers(linux, overlay, layers, users, opened);
      return linux.fsmount(overlay, Uapi.MOUNT_ATTR_RDONLY);
    } finally {
      linux.close(overlay);
    }
  }

  private static void addLayers(
      Syscalls linux,
      int overlay,
      List<Path> layers,
      Optional<OwnUsers> users,
      Descriptors opened) {
    if (users.isPresent()) {
      for (Path layer : layers) {
        linux.fsconfig(overlay, "lowerdir+", mapped(linux, layer, users.get(), opened));
      }
      return;
    }
    if (kernelIsAtLeast(6, 8)) {
      layers.forEach(layer -> linux.fsconfig(overlay, "lowerdir+", layer.toString()));
      return;
    }
    String joined = layers.stream().map(Path::toString).collect(Collectors.joining(":"));
    if (joined.length() > LONGEST_PARAMETER) {
      throw new SyscallException(
          "naming " + layers.size() + " layers to a kernel before 6.8; shorten the data directory",
          Errno.ENAMETOOLONG.number());
    }
    linux.fsconfig(overlay, "lowerdir", joined);
  }

  /** A detached mount of a layer whose owners are the pod's. */
  private static int mapped(Syscalls linux, Path layer, OwnUsers users, Descriptors opened) {
    int directory = opened.add(linux.open(layer.toString(), Uapi.O_PATH, 0));
    int tree = opened.add(linux.cloneTree(directory));
    linux.mapOwners(tree, 0, users.namespace());
    return tree;
  }

  /** Older kernels take {@code lowerdir+} without complaint and fail at the end, so ask first. */
  static boolean kernelIsAtLeast(int major, int minor) {
    String[] version = System.getProperty("os.version", "0.0").split("[^0-9]+");
    int hostMajor = Integer.parseInt(version[0]);
    return hostMajor > major || (hostMajor == major && Integer.parseInt(version[1]) >= minor);
  }
}
