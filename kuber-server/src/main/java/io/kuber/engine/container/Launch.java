package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.OutputSink;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.engine.EngineException;
import io.kuber.engine.LocalImage;
import io.kuber.engine.NetworkShelf.Place;
import io.kuber.linux.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of a container: what its record and its image say becomes a sandbox and a container of
 * the runtime.
 *
 * @param neighbours finds containers whose namespaces this one shares
 * @param directory of the container
 * @param written where the container writes
 */
record Launch(
    Ground ground, Neighbours neighbours, ContainerRecord record, Path directory, Path written) {
  private static final int KILL = 9;
  private static final Path MACHINE_NAME = Path.of("/proc/sys/kernel/hostname");

  /** Other containers. */
  @FunctionalInterface
  interface Neighbours {
    /**
     * One by its id.
     *
     * @throws EngineException 404 when it is gone
     */
    Life find(String id);
  }

  /** Names what the runtime makes for this run. */
  private String id() {
    return record.shortId() + "-" + record.runs();
  }

  private String hostname() throws IOException {
    String said = record.config().text("Hostname");
    if (!said.isEmpty()) {
      return said;
    }
    return record.networkMode().equals("host")
        ? Files.readString(MACHINE_NAME).strip()
        : record.shortId();
  }

  /** Makes its namespaces, of which some may be the machine's or another container's. */
  PodSandbox sandbox() throws IOException {
    SandboxSpec spec = SandboxSpec.of(id(), hostname());
    String network = record.networkMode();
    if (network.equals("host")) {
      spec = spec.withHostNetwork();
    } else if (network.startsWith(Sharing.CONTAINER)) {
      Life other = running(network);
      spec =
          other.record().networkMode().equals("host")
              ? spec.withHostNetwork()
              : spec.withNetworkOf(other.sandboxId());
    }
    String queues = record.host().text("IpcMode");
    if (queues.equals("host")) {
      spec = spec.withHostIpc();
    } else if (queues.startsWith(Sharing.CONTAINER)) {
      Life other = running(queues);
      spec =
          other.record().host().text("IpcMode").equals("host")
              ? spec.withHostIpc()
              : spec.withQueuesOf(other.sandboxId());
    }
    if (record.host().text("PidMode").equals("host")) {
      spec = spec.withProcesses(ProcessView.HOST);
    } else if (record.host().isTrue("Init")) {
      spec = spec.withProcesses(ProcessView.POD); // Its first process reaps whatever is left.
    }
    return ground.runtime().createSandbox(spec.withSysctls(record.host().tree("Sysctls").texts()));
  }

  private Life running(String mode) {
    Life other = neighbours.find(mode.substring(Sharing.CONTAINER.length()));
    if (other.running().isEmpty()) {
      throw EngineException.conflict(
          "cannot share with a container that does not run: " + other.record().name());
    }
    return other;
  }

  /** Starts its program. */
  Container start(
      PodSandbox sandbox,
      LocalImage image,
      List<Path> layers,
      Map<String, Place> networks,
      OutputSink output)
      throws IOException {
    PrivateDirectory.make(ground.written());
    String hostname = hostname();
    ProcessSpec process =
        ProcessPlan.first(
            record.config(),
            hostname,
            Account.find(layers, record.config().text("User"), record.host()));
    ContainerSpec spec =
        new ContainerSpec(
                id(),
                sandbox,
                image.image().layers(),
                mounts(image, hostname, networks),
                process.withLimits(Limits.ofProcesses(record.host())),
                Limits.security(record.host()).withDevices(Devices.of(record.host())),
                Limits.resources(record.host()),
                output)
            .withWritable(PrivateDirectory.make(written));
    String processes = record.host().text("PidMode");
    Container started =
        ground
            .runtime()
            .start(
                processes.startsWith(Sharing.CONTAINER)
                    ? spec.withProcessesOf(running(processes).sandboxId())
                    : spec);
    try {
      giveSize(started);
      return started;
    } catch (RuntimeException e) {
      started.signal(KILL);
      started.remove();
      throw e;
    }
  }

  /** The size of the window that its client says it is for. */
  private void giveSize(Container started) {
    List<Object> size = record.host().items("ConsoleSize").stream().toList();
    if (size.size() == 2
        && size.get(0) instanceof Long rows
        && size.get(1) instanceof Long columns
        && rows > 0) {
      started.resize(columns.intValue(), rows.intValue());
    }
  }

  private List<ContainerMount> mounts(
      LocalImage image, String hostname, Map<String, Place> networks) throws IOException {
    String mode = record.networkMode();
    Mounting mounting = new Mounting(ground, directory);
    return mode.startsWith(Sharing.CONTAINER)
        ? mounting.all(record, image.image(), running(mode).directory())
        : mounting.all(record, image.image(), hostname, networks);
  }
}
