package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.PodSandbox;
import io.kuber.container.Resources;
import io.kuber.container.SandboxSpec;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A pod's namespaces, each pinned to a file and held by a descriptor. */
final class LinuxSandbox implements PodSandbox {
  private final Syscalls linux;
  private final SandboxSpec spec;
  private final Path directory;
  private final Path containers;
  private final Cgroup cgroup;
  private final Map<Long, Path> files;
  private final Map<Long, Integer> descriptors = new LinkedHashMap<>();
  private final OptionalInt init;
  private final Optional<UserRange> users;
  private boolean removed;

  /**
   * A sandbox whose namespaces are pinned.
   *
   * @param containers where its containers are
   * @param files the pins by {@code CLONE_NEW*} flag
   * @param init a descriptor of the first process of a shared PID namespace
   * @param users which users of the machine the pod's are, if it has its own
   */
  LinuxSandbox(
      Syscalls linux,
      SandboxSpec spec,
      Path directory,
      Path containers,
      Cgroup cgroup,
      Map<Long, Path> files,
      OptionalInt init,
      Optional<UserRange> users) {
    this.linux = linux;
    this.spec = spec;
    this.directory = directory;
    this.containers = containers;
    this.cgroup = cgroup;
    this.files = Map.copyOf(files);
    this.init = init;
    this.users = users;
    files.forEach(
        (flag, file) -> descriptors.put(flag, linux.open(file.toString(), Uapi.O_RDONLY, 0)));
  }

  SandboxSpec spec() {
    return spec;
  }

  /**
   * The namespaces to join, by {@code CLONE_NEW*} flag; they are open for as long as the sandbox.
   */
  synchronized Map<Long, Integer> namespaces() {
    if (removed) {
      throw new ContainerException("sandbox " + spec.id() + " is removed");
    }
    return Map.copyOf(descriptors);
  }

  /**
   * The pod's users, if they are not the machine's; the namespace is one of {@link #namespaces}.
   */
  Optional<OwnUsers> users() {
    return users.map(
        range -> new OwnUsers(range, Objects.requireNonNull(namespaces().get(Uapi.CLONE_NEWUSER))));
  }

  @Override
  public String id() {
    return spec.id();
  }

  @Override
  public Path networkNamespace() {
    Path ofHost = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "ns/net");
    return files.getOrDefault(Uapi.CLONE_NEWNET, ofHost);
  }

  @Override
  public synchronized void share(long cpuShares) {
    if (!removed) {
      cgroup.make(Resources.UNLIMITED.withCpu(cpuShares, 0));
    }
  }

  @Override
  public synchronized void remove() {
    if (removed) {
      return;
    }
    removed = true;
    init.ifPresent(process -> Grip.end(linux, process));
    descriptors.values().forEach(linux::close);
    files.values().forEach(file -> PodNamespaces.unpin(linux, file));
    cgroup.killAll();
    cgroup.remove();
    StateDirectory.delete(containers);
    StateDirectory.delete(directory);
  }
}
