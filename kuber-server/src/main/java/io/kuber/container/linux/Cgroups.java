package io.kuber.container.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The machine's control groups, of either version: a tree in which kuber has a branch. */
sealed interface Cgroups permits CgroupsV1, CgroupsV2 {
  Path MOUNT = Path.of("/sys/fs/cgroup");

  /** The control groups of this machine; ones that limit nothing when it has none. */
  static Cgroups ofHost() {
    return Files.exists(MOUNT.resolve("cgroup.controllers"))
        ? new CgroupsV2(MOUNT)
        : CgroupsV1.mountedAt(MOUNT);
  }

  /** 1 or 2, or 0 when nothing is mounted. */
  int version();

  /** The names of the controllers that can be used. */
  Set<String> controllers();

  /** The group at a path below the root, such as {@code kuber/default/pod/app}; makes nothing. */
  Cgroup at(String path);

  /** The paths of the groups right below a path. */
  List<String> below(String path);
}
