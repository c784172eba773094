package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerSpec;
import io.kuber.container.OutputSink;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.container.User;
import io.kuber.linux.Launcher;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Starts containers, and takes over those that an earlier run started.
 *
 * @param machine what every container needs
 * @param estate where everything is
 * @param template the mount namespace that containers begin with
 */
record ContainerMaker(Machine machine, Estate estate, TemplateNamespace template) {
  LinuxContainer start(ContainerSpec spec, LinuxSandbox sandbox) {
    Path directory = StateDirectory.makeFresh(estate.directory(sandbox.id(), spec.id()));
    Cgroup cgroup = estate.group(sandbox.id(), spec.id());
    try {
      cgroup.make(spec.resources());
      if (!spec.security().privileged()) {
        cgroup.restrictDevices(GivenDevices.of(spec));
      }
      return launch(spec, sandbox, directory, cgroup);
    } catch (SyscallException e) {
      estate.remove(sandbox.id(), spec.id());
      throw Execution.explain(spec.id(), spec.process(), e);
    } catch (RuntimeException e) {
      estate.remove(sandbox.id(), spec.id());
      throw e;
    }
  }

  private LinuxContainer launch(
      ContainerSpec spec, LinuxSandbox sandbox, Path directory, Cgroup cgroup) {
    Syscalls linux = machine.linux();
    Optional<OwnUsers> users = sandbox.users();
    Path writable = spec.writable().orElse(directory);
    users.ifPresent(own -> checkUser(own.range(), spec.process().user()));
    try (Descriptors opened = new Descriptors(linux);
        Stdio stdio = Stdio.of(linux, spec.process());
        KeeperPart keeper = new KeeperPart(linux, directory, stdio.held())) {
      List<Integer> entrance = opened.addAll(cgroup.open());
      Map<Long, Integer> namespaces = new LinkedHashMap<>(sandbox.namespaces());
      spec.processesOf()
          .map(this::alive)
          .ifPresent(other -> namespaces.put(Uapi.CLONE_NEWPID, opened.add(other.ownPidfd())));
      StartProgram start =
          new StartProgram(
              spec,
              namespaces,
              spec.processesOf().isPresent() ? ProcessView.POD : sandbox.spec().processes(),
              estate.cgroups(),
              cgroup,
              entrance,
              users,
              users.isPresent() ? DeviceNodes.cloned(linux, opened) : DeviceNodes.MADE,
              template.descriptor(),
              opened.add(OverlayRoot.make(linux, spec.layers(), writable, users)),
              new Mounts(linux, spec.mounts(), users, opened),
              stdio,
              keeper);
      Launcher.Kept kept = machine.launcher().launchKept(start.write());
      try {
        ContainerRecord record = record(spec, kept, keeper, users);
        Records.write(directory, record.toTree());
        int first = Grip.child(linux, kept.pid(), kept.keeper().pid());
        Grip grip = new Grip(kept.keeper().pidfd(), first, stdio.started(), keeper.started());
        return watched(
            new LinuxContainer(machine, record, directory, writable, cgroup, grip, spec.output()));
      } catch (RuntimeException e) {
        Grip.end(linux, kept.keeper().pidfd());
        throw e;
      }
    }
  }

  private static void checkUser(UserRange range, User user) {
    IntStream.concat(
            IntStream.of(user.uid(), user.gid()),
            user.groups().stream().mapToInt(Integer::intValue))
        .filter(id -> !range.has(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new ContainerException(
                  "user or group %d is not one of the %d that a pod with hostUsers: false has"
                      .formatted(id, UserRange.SIZE));
            });
  }

  private LinuxContainer alive(String id) {
    return machine.running().stream()
        .filter(container -> container.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new ContainerException("container " + id + " does not run"));
  }

  private ContainerRecord record(
      ContainerSpec spec, Launcher.Kept kept, KeeperPart keeper, Optional<OwnUsers> users) {
    int parent = kept.keeper().pid();
    long startTime = ProcessStat.of(parent).map(ProcessStat::startTime).orElse(0L);
    return new ContainerRecord(
        spec.id(),
        spec.process(),
        spec.security(),
        machine.clock().instant(),
        kept.pid(),
        new ContainerRecord.Keeper(parent, startTime, keeper.streams(), keeper.end()),
        users.map(OwnUsers::range));
  }

  /** Those without a record were being started when the earlier run ended; they are ended. */
  List<Container> adopt(String sandbox, Function<String, OutputSink> output) {
    List<Container> containers = new ArrayList<>();
    for (String id : StateDirectory.names(estate.containers(sandbox))) {
      Path directory = estate.directory(sandbox, id);
      Optional<ContainerRecord> record = Records.read(directory).map(ContainerRecord::of);
      if (record.isEmpty()) {
        estate.remove(sandbox, id);
        continue;
      }
      Grip grip = Grip.take(machine.linux(), record.get());
      containers.add(
          watched(
              new LinuxContainer(
                  machine,
                  record.get(),
                  directory,
                  directory,
                  estate.group(sandbox, id),
                  grip,
                  output.apply(id))));
    }
    return containers;
  }

  private LinuxContainer watched(LinuxContainer container) {
    machine.running().add(container);
    container.watch();
    return container;
  }
}
