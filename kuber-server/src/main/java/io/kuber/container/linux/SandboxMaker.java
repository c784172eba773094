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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes sandboxes, and finds those that an earlier run made.
 *
 * @param linux the kernel
 * @param launcher starts the first process of a shared PID namespace
 * @param estate where everything is
 * @param ranges the users that pods can have of their own
 */
record SandboxMaker(Syscalls linux, Launcher launcher, Estate estate, UserRanges ranges) {
  /** The group of a shared PID namespace's first process; no container can be called so. */
  private static final String INIT = ".init";

  LinuxSandbox make(SandboxSpec spec) {
    return spec.ownUsers()
        ? ranges.use(range -> make(spec, Optional.of(range)))
        : make(spec, Optional.empty());
  }

  private LinuxSandbox make(SandboxSpec spec, Optional<UserRange> users) {
    String id = spec.id();
    Path directory = StateDirectory.makeFresh(estate.directory(id));
    try {
      StateDirectory.makeFresh(estate.containers(id));
      Map<Long, Path> files = new LinkedHashMap<>();
      if (users.isEmpty()) {
        files.putAll(PodNamespaces.make(linux, spec, directory));
      }
      Optional<Child> init = init(spec, users, directory, files);
      Records.write(directory, SandboxRecord.of(spec, users, init.map(Child::pid)).toTree());
      OptionalInt process =
          init.map(Child::pidfd).map(OptionalInt::of).orElseGet(OptionalInt::empty);
      return sandbox(spec, files, process, users);
    } catch (SyscallException | ContainerException e) {
      Cgroup cgroup = estate.group(id);
      cgroup.killAll();
      cgroup.remove();
      StateDirectory.delete(estate.containers(id));
      Reclamation.removeSandbox(linux, directory);
      throw new ContainerException("cannot make sandbox " + id + ": " + e.getMessage(), e);
    }
  }

  /** Starts the process that the pod begins with if it needs one, and pins what that has made. */
  private Optional<Child> init(
      SandboxSpec spec, Optional<UserRange> users, Path directory, Map<Long, Path> files) {
    boolean stays = spec.processes() == ProcessView.POD;
    if (!stays && users.isEmpty()) {
      return Optional.empty();
    }
    long flags =
        (stays ? Uapi.CLONE_NEWPID : 0) | (users.isPresent() ? PodNamespaces.flags(spec) : 0);
    Child init =
        PodInit.start(
            linux,
            launcher,
            estate.group(spec.id(), INIT),
            flags,
            child ->
                users.ifPresent(
                    range -> {
                      map(range, child);
                      files.putAll(PodNamespaces.take(linux, spec, child.pid(), directory));
                    }));
    if (stays) {
      files.put(Uapi.CLONE_NEWPID, PodInit.pin(linux, init, directory));
      return Optional.of(init);
    }
    Grip.end(linux, init.pidfd());
    return Optional.empty();
  }

  private static void map(UserRange range, Child child) {
    for (String file : List.of("uid_map", "gid_map")) {
      KernelFiles.write(Path.of("/proc", Integer.toString(child.pid()), file), range.mapping());
    }
  }

  /** One that an earlier run made, as it was recorded. */
  LinuxSandbox find(SandboxRecord known) {
    SandboxSpec spec = known.spec();
    int init =
        known.init().map(process -> Grip.process(linux, process.pid(), process::is)).orElse(-1);
    return sandbox(
        spec,
        PodNamespaces.pinned(spec, estate.directory(spec.id())),
        init < 0 ? OptionalInt.empty() : OptionalInt.of(init),
        known.users());
  }

  private LinuxSandbox sandbox(
      SandboxSpec spec, Map<Long, Path> files, OptionalInt init, Optional<UserRange> users) {
    String id = spec.id();
    return new LinuxSandbox(
        linux,
        spec,
        estate.directory(id),
        estate.containers(id),
        estate.group(id),
        files,
        init,
        users);
  }
}
