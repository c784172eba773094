package io.kuber.boot;

import io.kuber.container.ContainerRuntime;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.engine.EngineException;
import io.kuber.engine.container.ContainerEndpoints;
import io.kuber.engine.container.ContainerSteps;
import io.kuber.engine.container.Containers;
import io.kuber.engine.container.Ground;
import io.kuber.engine.container.InsideEndpoints;
import io.kuber.engine.image.BuildEndpoints;
import io.kuber.engine.image.ImageEndpoints;
import io.kuber.engine.image.Images;
import io.kuber.engine.image.TransferEndpoints;
import io.kuber.engine.network.EngineNetworks;
import io.kuber.engine.network.NetworkEndpoints;
import io.kuber.engine.system.DiskParts;
import io.kuber.engine.system.EngineFacts;
import io.kuber.engine.system.HappeningLog;
import io.kuber.engine.system.SystemEndpoints;
import io.kuber.engine.volume.EngineVolumes;
import io.kuber.engine.volume.VolumeEndpoints;
import io.kuber.engine.wire.Routes;
import io.kuber.linux.PrivateDirectory;
import io.kuber.linux.Syscalls;
import io.kuber.node.HostFacts;
import io.kuber.node.NodeConfig;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The parts of a container engine, joined; closing takes them back, last first. */
record EngineParts(Routes routes, Teardown teardown) implements AutoCloseable {
  private static final Path MACHINE_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final String ARCHITECTURE = System.getProperty("os.arch");

  /** Opens all parts, and takes over what an earlier run has left. */
  static EngineParts open(EnginePlace place, ImageLibrary library, InstantSource clock)
      throws IOException {
    Teardown teardown = new Teardown();
    try {
      return open(place, library, clock, teardown);
    } catch (IOException | RuntimeException | Error e) {
      teardown.close();
      throw e;
    }
  }

  private static EngineParts open(
      EnginePlace place, ImageLibrary library, InstantSource clock, Teardown teardown)
      throws IOException {
    Path directory = PrivateDirectory.make(place.directory());
    ContainerRuntime runtime = LinuxContainers.open(place.state(), place.instance(), clock);
    teardown.add(place::leave);
    teardown.add(runtime);
    HappeningLog happenings = teardown.add(new HappeningLog(clock));
    Containers.Use use = new Containers.Use();
    EngineNetworks networks =
        teardown.add(EngineNetworks.open(Syscalls.linux(), directory, happenings));
    EngineVolumes volumes = new EngineVolumes(directory.resolve("volumes"), use, happenings);
    Images images = new Images(library, use, happenings);
    Containers containers =
        teardown.add(
            Containers.open(
                new Ground(
                    runtime,
                    images,
                    networks,
                    volumes,
                    happenings,
                    directory.resolve("containers"),
                    place.written(),
                    clock)));
    use.of(containers);
    Routes routes = new Routes();
    ImageEndpoints imageEndpoints = new ImageEndpoints(images);
    ContainerEndpoints containerEndpoints = new ContainerEndpoints(containers);
    VolumeEndpoints volumeEndpoints = new VolumeEndpoints(volumes);
    new SystemEndpoints(
            facts(place, runtime, containers, library),
            happenings,
            (server, user, password) -> login(library, server, user, password),
            new DiskParts(imageEndpoints::disk, containerEndpoints::disk, volumeEndpoints::disk))
        .addTo(routes);
    imageEndpoints.addTo(routes);
    new TransferEndpoints(images).addTo(routes);
    new BuildEndpoints(images, new ContainerSteps(runtime, networks)).addTo(routes);
    containerEndpoints.addTo(routes);
    new InsideEndpoints(containers, HostFacts.memoryBytes()).addTo(routes);
    new NetworkEndpoints(networks, containers).addTo(routes);
    volumeEndpoints.addTo(routes);
    return new EngineParts(routes, teardown);
  }

  private static void login(ImageLibrary library, String server, String user, String password)
      throws IOException {
    String name = server.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    boolean usual = name.isEmpty() || name.equals("index.docker.io");
    try {
      library.stock().sources().login(usual ? "docker.io" : name, new Credentials(user, password));
    } catch (SourceException e) {
      throw new EngineException(401, String.valueOf(e.getMessage()), e);
    }
  }

  private static EngineFacts facts(
      EnginePlace place, ContainerRuntime runtime, Containers containers, ImageLibrary library)
      throws IOException {
    String kernel = runtime.capabilities().kernel();
    return new EngineFacts(
        NodeConfig.VERSION.substring(1),
        place.directory().toString(),
        Files.readString(MACHINE_NAME).strip(), // Which need not be one that resolves.
        kernel,
        HostFacts.read(kernel, ARCHITECTURE).osImage(),
        Runtime.getRuntime().availableProcessors(),
        HostFacts.memoryBytes(),
        Integer.toString(runtime.capabilities().cgroupVersion()),
        () -> {
          int running = containers.running();
          int images = library.list().size();
          return new EngineFacts.Counts(
              running, containers.paused(), containers.size() - running, images);
        });
  }

  @Override
  public void close() {
    teardown.close();
  }
}
