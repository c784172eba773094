package io.kuber.container.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Control groups of version 1: a tree for each controller. */
final class CgroupsV1 implements Cgroups {
  /** Controllers that do something for containers; cpuset is not among them. */
  private static final List<String> USEFUL =
      List.of("memory", "cpu", "cpuacct", "pids", "devices", "freezer", "hugetlb");

  private final Path mount;
  private final Set<String> controllers;

  private CgroupsV1(Path mount, Set<String> controllers) {
    this.mount = mount;
    this.controllers = controllers;
  }

  static CgroupsV1 mountedAt(Path mount) {
    Set<String> found = new LinkedHashSet<>();
    for (String controller : USEFUL) {
      if (Files.exists(mount.resolve(controller).resolve("cgroup.procs"))) {
        found.add(controller);
      }
    }
    return new CgroupsV1(mount, found);
  }

  @Override
  public int version() {
    return controllers.isEmpty() ? 0 : 1;
  }

  @Override
  public Set<String> controllers() {
    return controllers;
  }

  /** Where a controller's tree is. */
  Path tree(String controller) {
    return mount.resolve(controller);
  }

  @Override
  public Cgroup at(String path) {
    return new CgroupV1(this, path);
  }

  @Override
  public List<String> below(String path) {
    return controllers.stream()
        .flatMap(name -> new CgroupDirectory(tree(name).resolve(path)).children().stream())
        .map(child -> path + "/" + child.path().getFileName())
        .distinct()
        .toList();
  }
}
