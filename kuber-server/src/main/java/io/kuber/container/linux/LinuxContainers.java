package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.ContainerSpec;
import io.kuber.container.HostCapabilities;
import io.kuber.container.Leftovers;
import io.kuber.container.PodSandbox;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.linux.Child;
import io.kuber.linux.Launcher;
import io.kuber.linux.Program;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
      Map<Long, Path> files = PodNamespaces.make(linux, spec, directory);
      Optional<Child> init =
          spec.processes() == ProcessView.POD
              ? Optional.of(PodInit.start(linux, machine.launcher(), initGroup(spec)))
              : Optional.empty();
      return new LinuxSandbox(linux, spec, directory, cgroup, files, init);
    } catch (SyscallException e) {
      cgroup.killAll();
      cgroup.remove();
      Reclamation.removeSandbox(linux, directory);
      throw new ContainerException("cannot make sandbox " + spec.id() + ": " + e.getMessage(), e);
    }
  }

  private Cgroup initGroup(SandboxSpec spec) {
    return cgroups.at(branch + "/" + spec.id() + "/.init");
  }

  @Override
  public Container start(ContainerSpec spec) {
    if (!(spec.sandbox() instanceof LinuxSandbox sandbox)) {
      throw new IllegalArgumentException("the sandbox is not of this runtime: " + spec.sandbox());
    }
    Path directory = StateDirectory.makeFresh(state.containers().resolve(spec.id()));
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
        Stdio stdio = Stdio.of(linux, spec.process())) {
      List<Integer> entrance = opened.addAll(cgroup.open());
      ProcessView view = sandbox.spec().processes();
      StartProgram start =
          new StartProgram(
              spec,
              sandbox.namespaces(),
              view,
              cgroups,
              cgroup,
              entrance,
              template.descriptor(),
              opened.add(OverlayRoot.make(linux, spec.layers(), directory)),
              new Mounts(linux, spec.mounts(), opened),
              stdio);
      Program program = start.write();
      long namespaces = view == ProcessView.CONTAINER ? Uapi.CLONE_NEWPID : 0;
      Child child = machine.launcher().launch(program, namespaces, cgroup.cloneTarget(entrance));
      LinuxContainer container =
          new LinuxContainer(machine, spec, directory, cgroup, child, stdio.started());
      running.add(container);
      container.watch();
      return container;
    }
  }

  private static void cleanUp(Cgroup cgroup, Path directory) {
    cgroup.killAll();
    cgroup.remove();
    StateDirectory.delete(directory);
  }

  @Override
  public Leftovers reclaim() {
    return new Reclamation(linux, state, cgroups, branch).reclaim();
  }

  @Override
  public void close() {
    if (running.isEmpty() && cgroups.below(branch).isEmpty()) {
      cgroups.at(branch).remove();
      removeRootOfLast();
    }
    machine.pump().close();
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
