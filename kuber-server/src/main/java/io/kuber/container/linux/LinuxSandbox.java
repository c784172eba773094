package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.PodSandbox;
import io.kuber.container.SandboxSpec;
import io.kuber.linux.Child;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A pod's namespaces, each pinned to a file and held by a descriptor. */
final class LinuxSandbox implements PodSandbox {
  private final Syscalls linux;
  private final SandboxSpec spec;
  private final Path directory;
  private final Cgroup cgroup;
  private final Map<Long, Path> files;
  private final Map<Long, Integer> descriptors = new LinkedHashMap<>();
  private final Optional<Child> init;
  private boolean removed;

  LinuxSandbox(
      Syscalls linux,
      SandboxSpec spec,
      Path directory,
      Cgroup cgroup,
      Map<Long, Path> files,
      Optional<Child> init) {
    this.linux = linux;
    this.spec = spec;
    this.directory = directory;
    this.cgroup = cgroup;
    this.files = new LinkedHashMap<>(files);
    this.init = init;
    init.ifPresent(
        child -> {
          Path namespace = Path.of("/proc", Integer.toString(child.pid()), "ns/pid");
          Path pin = PodNamespaces.pin(linux, namespace, directory.resolve("pid"));
          this.files.put(Uapi.CLONE_NEWPID, pin);
        });
    this.files.forEach(
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
  public synchronized void remove() {
    if (removed) {
      return;
    }
    removed = true;
    init.ifPresent(this::end);
    descriptors.values().forEach(linux::close);
    files.values().forEach(file -> PodNamespaces.unpin(linux, file));
    cgroup.killAll();
    cgroup.remove();
    StateDirectory.delete(directory);
  }

  private void end(Child child) {
    linux.signal(child.pidfd(), Uapi.SIGKILL);
    linux.awaitExit(child.pidfd());
    linux.close(child.pidfd());
  }
}
