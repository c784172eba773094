package io.kuber.container.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Control groups of version 2: one tree. */
final class CgroupsV2 implements Cgroups {
  private final Path mount;
  private final Set<String> controllers;

  CgroupsV2(Path mount) {
    this.mount = mount;
    String names = KernelFiles.readOr(mount.resolve("cgroup.controllers"), "");
    this.controllers = names.isBlank() ? Set.of() : new TreeSet<>(List.of(names.split(" ")));
  }

  @Override
  public int version() {
    return Files.exists(mount.resolve("cgroup.procs")) ? 2 : 0;
  }

  @Override
  public Set<String> controllers() {
    return controllers;
  }

  Path mount() {
    return mount;
  }

  @Override
  public Cgroup at(String path) {
    return new CgroupV2(this, path);
  }

  @Override
  public List<String> below(String path) {
    return new CgroupDirectory(mount.resolve(path))
        .children().stream().map(child -> path + "/" + child.path().getFileName()).toList();
  }
}
