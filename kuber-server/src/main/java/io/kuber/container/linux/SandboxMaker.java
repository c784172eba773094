package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.linux.Child;
import io.kuber.linux.Launcher;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes sandboxes, and finds those that an earlier run made.
 *
 * @param linux the kernel
 * @param launcher starts the first process of a shared PID namespace
 * @param estate where everything is
 */
record SandboxMaker(Syscalls linux, Launcher launcher, Estate estate) {
  /** The group of a shared PID namespace's first process; no container can be called so. */
  private static final String INIT = ".init";

  LinuxSandbox make(SandboxSpec spec) {
    String id = spec.id();
    Path directory = StateDirectory.makeFresh(estate.directory(id));
    try {
      StateDirectory.makeFresh(estate.containers(id));
      Map<Long, Path> files = new LinkedHashMap<>(PodNamespaces.make(linux, spec, directory));
      Optional<Child> init =
          spec.processes() == ProcessView.POD ? Optional.of(startInit(id)) : Optional.empty();
      init.ifPresent(child -> files.put(Uapi.CLONE_NEWPID, PodInit.pin(linux, child, directory)));
      Records.write(directory, SandboxRecord.of(spec, init.map(Child::pid)).toTree());
      OptionalInt process =
          init.map(Child::pidfd).map(OptionalInt::of).orElseGet(OptionalInt::empty);
      return sandbox(spec, files, process);
    } catch (SyscallException e) {
      Cgroup cgroup = estate.group(id);
      cgroup.killAll();
      cgroup.remove();
      StateDirectory.delete(estate.containers(id));
      Reclamation.removeSandbox(linux, directory);
      throw new ContainerException("cannot make sandbox " + id + ": " + e.getMessage(), e);
    }
  }

  private Child startInit(String sandbox) {
    return PodInit.start(linux, launcher, estate.group(sandbox, INIT));
  }

  /** One that an earlier run made, as it was recorded. */
  LinuxSandbox find(SandboxRecord known) {
    SandboxSpec spec = known.spec();
    int init =
        known.init().map(process -> Grip.process(linux, process.pid(), process::is)).orElse(-1);
    return sandbox(
        spec,
        PodNamespaces.pinned(spec, estate.directory(spec.id())),
        init < 0 ? OptionalInt.empty() : OptionalInt.of(init));
  }

  private LinuxSandbox sandbox(SandboxSpec spec, Map<Long, Path> files, OptionalInt init) {
    String id = spec.id();
    return new LinuxSandbox(
        linux, spec, estate.directory(id), estate.containers(id), estate.group(id), files, init);
  }
}
