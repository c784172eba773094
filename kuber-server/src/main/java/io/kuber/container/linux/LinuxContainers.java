package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.ContainerSpec;
import io.kuber.container.HostCapabilities;
import io.kuber.container.Leftovers;
import io.kuber.container.OutputSink;
import io.kuber.container.PodSandbox;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.linux.Child;
import io.kuber.linux.Launcher;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The runtime on Linux. It owns a state directory and the control groups under {@code
 * /kuber/<instance>}; the machine's processes see nothing else of it.
 */
public final class LinuxContainers implements ContainerRuntime {
  /** Above the groups of all instances of a machine. */
  private static final String CGROUP_ROOT = "kuber";

  private final Syscalls linux = Syscalls.linux();
  private final HostCapabilities capabilities;
  private final StateDirectory state;
  private final String branch;
  private final Cgroups cgroups;
  private final Machine machine;
  private final TemplateNamespace template;

  /** Those that were started and not removed, so that nothing loses sight of them. */
  private final Set<LinuxContainer> running = ConcurrentHashMap.newKeySet();

  private LinuxContainers(
      HostCapabilities capabilities, StateDirectory state, String instance, InstantSource clock) {
    this.capabilities = capabilities;
    this.state = state;
    this.branch = CGROUP_ROOT + "/" + instance;
    this.cgroups = Cgroups.ofHost();
    linux.prctl(Uapi.PR_SET_DUMPABLE, 0);
    this.template = TemplateNamespace.make(linux, state.root().resolve("sandboxes"));
    this.machine = new Machine(linux, new Launcher(linux), new Pump(linux), clock, running::remove);
  }

  /** What this machine offers; asks the kernel and changes nothing. */
  public static HostCapabilities probe() {
    return HostProbe.probe();
  }

  /**
   * Takes hold of this machine.
   *
   * @param stateDirectory on a file system that an overlay can write to; one runtime at a time
   * @param instance names what is made outside of the state directory
   * @param clock tells when containers started and ended
   * @throws ContainerException when the machine cannot run containers, with all reasons
   */
  public static LinuxContainers open(Path stateDirectory, String instance, InstantSource clock) {
    HostCapabilities capabilities = probe();
    if (!capabilities.canRunContainers()) {
      throw new ContainerException(
          "this machine cannot run containers: " + String.join("; ", capabilities.obstacles()));
    }
    StateDirectory state = new StateDirectory(stateDirectory);
    return new LinuxContainers(capabilities, state, instance, clock);
  }

  @Override
  public HostCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public PodSandbox createSandbox(SandboxSpec spec) {
    Path directory = StateDirectory.makeFresh(state.sandboxes().resolve(spec.id()));
    Cgroup cgroup = cgroups.at(branch + "/" + spec.id());
    try {
      StateDirectory.makeFresh(state.containers(spec.id()));
      Map<Long, Path> files = new LinkedHashMap<>(PodNamespaces.make(linux, spec, directory));
      Optional<Child> init =
          spec.processes() == ProcessView.POD ? Optional.of(startInit(spec)) : Optional.empty();
      init.ifPresent(child -> files.put(Uapi.CLONE_NEWPID, PodInit.pin(linux, child, directory)));
      Records.write(directory, SandboxRecord.of(spec, init.map(Child::pid)).toTree());
      OptionalInt process =
          init.map(Child::pidfd).map(OptionalInt::of).orElseGet(OptionalInt::empty);
      return sandbox(spec, files, process);
    } catch (SyscallException e) {
      cgroup.killAll();
      cgroup.remove();
      StateDirectory.delete(state.containers(spec.id()));
      Reclamation.removeSandbox(linux, directory);
      throw new ContainerException("cannot make sandbox " + spec.id() + ": " + e.getMessage(), e);
    }
  }

  private LinuxSandbox sandbox(SandboxSpec spec, Map<Long, Path> files, OptionalInt init) {
    String id = spec.id();
    return new LinuxSandbox(
        linux,
        spec,
        state.sandboxes().resolve(id),
        state.containers(id),
        cgroups.at(branch + "/" + id),
        files,
        init);
  }

  private Child startInit(SandboxSpec spec) {
    return PodInit.start(linux, machine.launcher(), initGroup(spec));
  }

  private Cgroup initGroup(SandboxSpec spec) {
    return cgroups.at(branch + "/" + spec.id() + "/.init");
  }

  @Override
  public Container start(ContainerSpec spec) {
    if (!(spec.sandbox() instanceof LinuxSandbox sandbox)) {
      throw new IllegalArgumentException("the sandbox is not of this runtime: " + spec.sandbox());
    }
    Path directory = StateDirectory.makeFresh(state.containers(sandbox.id()).resolve(spec.id()));
    Cgroup cgroup = cgroups.at(branch + "/" + sandbox.id() + "/" + spec.id());
    try {
      cgroup.make(spec.resources());
      if (!spec.security().privileged()) {
        cgroup.restrictDevices();
      }
      return launch(spec, sandbox, directory, cgroup);
    } catch (SyscallException e) {
      cleanUp(cgroup, directory);
      throw Execution.explain(spec.id(), spec.process(), e);
    } catch (RuntimeException e) {
      cleanUp(cgroup, directory);
      throw e;
    }
  }

  private LinuxContainer launch(
      ContainerSpec spec, LinuxSandbox sandbox, Path directory, Cgroup cgroup) {
    try (Descriptors opened = new Descriptors(linux);
        Stdio stdio = Stdio.of(linux, spec.process());
        KeeperPart keeper = new KeeperPart(linux, directory, stdio.held())) {
      List<Integer> entrance = opened.addAll(cgroup.open());
      StartProgram start =
          new StartProgram(
              spec,
              sandbox.namespaces(),
              sandbox.spec().processes(),
              cgroups,
              cgroup,
              entrance,
              template.descriptor(),
              opened.add(OverlayRoot.make(linux, spec.layers(), directory)),
              new Mounts(linux, spec.mounts(), opened),
              stdio,
              keeper);
      Launcher.Kept kept = machine.launcher().launchKept(start.write());
      try {
        ContainerRecord record = record(spec, kept, keeper);
        Records.write(directory, record.toTree());
        int first = Grip.child(linux, kept.pid(), kept.keeper().pid());
        Grip grip = new Grip(kept.keeper().pidfd(), first, stdio.started(), keeper.started());
        return watched(new LinuxContainer(machine, record, directory, cgroup, grip, spec.output()));
      } catch (RuntimeException e) {
        Grip.end(linux, kept.keeper().pidfd());
        throw e;
      }
    }
  }

  private ContainerRecord record(ContainerSpec spec, Launcher.Kept kept, KeeperPart keeper) {
    int parent = kept.keeper().pid();
    long startTime = ProcessStat.of(parent).map(ProcessStat::startTime).orElse(0L);
    return new ContainerRecord(
        spec.id(),
        spec.process(),
        spec.security(),
        machine.clock().instant(),
        kept.pid(),
        new ContainerRecord.Keeper(parent, startTime, keeper.streams(), keeper.end()));
  }

  private LinuxContainer watched(LinuxContainer container) {
    running.add(container);
    container.watch();
    return container;
  }

  private static void cleanUp(Cgroup cgroup, Path directory) {
    cgroup.killAll();
    cgroup.remove();
    StateDirectory.delete(directory);
  }

  @Override
  public Set<String> sandboxes() {
    return reclamation().sandboxes();
  }

  @Override
  public Optional<Adopted> adopt(String id, Function<String, OutputSink> output) {
    Optional<SandboxRecord> known =
        Records.read(state.sandboxes().resolve(id)).map(SandboxRecord::of);
    if (known.filter(SandboxRecord::isOfThisBoot).isEmpty()) {
      reclaim(Set.of(id));
      return Optional.empty();
    }
    return Optional.of(new Adopted(sandbox(known.get()), containers(id, output)));
  }

  private LinuxSandbox sandbox(SandboxRecord known) {
    SandboxSpec spec = known.spec();
    int init =
        known.init().map(process -> Grip.process(linux, process.pid(), process::is)).orElse(-1);
    Path directory = state.sandboxes().resolve(spec.id());
    return sandbox(
        spec,
        PodNamespaces.pinned(spec, directory),
        init < 0 ? OptionalInt.empty() : OptionalInt.of(init));
  }

  /** Those without a record were being started when the earlier run ended; they are ended. */
  private List<Container> containers(String sandbox, Function<String, OutputSink> output) {
    List<Container> containers = new ArrayList<>();
    for (String id : StateDirectory.names(state.containers(sandbox))) {
      Path directory = state.containers(sandbox).resolve(id);
      Cgroup cgroup = cgroups.at(branch + "/" + sandbox + "/" + id);
      Optional<ContainerRecord> record = Records.read(directory).map(ContainerRecord::of);
      if (record.isEmpty()) {
        cleanUp(cgroup, directory);
        continue;
      }
      Grip grip = Grip.take(linux, record.get());
      OutputSink sink = output.apply(id);
      containers.add(
          watched(new LinuxContainer(machine, record.get(), directory, cgroup, grip, sink)));
    }
    return containers;
  }

  @Override
  public Leftovers reclaim(Collection<String> sandboxes) {
    return reclamation().reclaim(sandboxes);
  }

  private Reclamation reclamation() {
    return new Reclamation(linux, state, cgroups, branch);
  }

  @Override
  public void close() {
    if (running.isEmpty() && cgroups.below(branch).isEmpty()) {
      cgroups.at(branch).remove();
      removeRootOfLast();
    }
    machine.pump().close();
    running.forEach(LinuxContainer::letGo);
    machine.launcher().close();
    template.close();
    state.close();
  }

  /** The group above those of all instances goes with the last of them. */
  private void removeRootOfLast() {
    if (cgroups.below(CGROUP_ROOT).isEmpty()) {
      cgroups.at(CGROUP_ROOT).remove();
    }
  }
}
