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
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The runtime on Linux. It owns a state directory and the control groups under {@code
 * /kuber/<instance>}; the machine's processes see nothing else of it.
 */
public final class LinuxContainers implements ContainerRuntime {
  private final HostCapabilities capabilities;
  private final StateDirectory state;
  private final Estate estate;
  private final Machine machine;
  private final TemplateNamespace template;
  private final SandboxMaker sandboxes;
  private final ContainerMaker containers;
  private final Reclamation reclamation;

  private LinuxContainers(
      HostCapabilities capabilities, StateDirectory state, String instance, InstantSource clock) {
    Syscalls linux = Syscalls.linux();
    this.capabilities = capabilities;
    this.state = state;
    this.estate = Estate.of(state, Cgroups.ofHost(), instance);
    linux.prctl(Uapi.PR_SET_DUMPABLE, 0);
    this.template = TemplateNamespace.make(linux, state.sandboxes());
    this.machine = Machine.on(linux, clock);
    this.sandboxes =
        new SandboxMaker(linux, machine.launcher(), estate, new UserRanges(estate, instance));
    this.containers = new ContainerMaker(machine, estate, template);
    this.reclamation = new Reclamation(linux, estate);
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
    return sandboxes.make(spec);
  }

  @Override
  public Container start(ContainerSpec spec) {
    if (!(spec.sandbox() instanceof LinuxSandbox sandbox)) {
      throw new IllegalArgumentException("the sandbox is not of this runtime: " + spec.sandbox());
    }
    return containers.start(spec, sandbox);
  }

  @Override
  public Set<String> sandboxes() {
    return estate.sandboxes();
  }

  @Override
  public Optional<Adopted> adopt(String id, Function<String, OutputSink> output) {
    Optional<SandboxRecord> known = Records.read(estate.directory(id)).map(SandboxRecord::of);
    if (known.filter(SandboxRecord::isOfThisBoot).isEmpty()) {
      reclaim(Set.of(id));
      return Optional.empty();
    }
    return Optional.of(new Adopted(sandboxes.find(known.get()), containers.adopt(id, output)));
  }

  @Override
  public Leftovers reclaim(Collection<String> sandboxes) {
    return reclamation.reclaim(sandboxes);
  }

  @Override
  public void close() {
    if (machine.running().isEmpty()) {
      estate.leave();
    }
    machine.pump().close();
    machine.running().forEach(LinuxContainer::letGo);
    machine.launcher().close();
    template.close();
    state.close();
  }
}
