package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.ContainerSpec;
import io.kuber.container.Exit;
import io.kuber.container.OutputSink;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.container.SandboxSpec;
import io.kuber.container.Security;
import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf;
import io.kuber.engine.StepRunner;
import io.kuber.linux.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Runs the steps of builds, each in a container that no list shows. For any thread. */
public final class ContainerSteps implements StepRunner {
  private static final int ID_BYTES = 8;
  private static final int KILL = 9;

  private final ContainerRuntime runtime;
  private final NetworkShelf networks;
  private final SecureRandom random = new SecureRandom();

  /** Runs them with the rights and the network that other containers have. */
  public ContainerSteps(ContainerRuntime runtime, NetworkShelf networks) {
    this.runtime = runtime;
    this.networks = networks;
  }

  @Override
  public <T> T run(
      List<Path> layers,
      List<ContainerMount> mounts,
      ProcessSpec process,
      String network,
      OutputSink output,
      Outcome<T> outcome)
      throws IOException, InterruptedException {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = "step-" + HexFormat.of().formatHex(bytes);
    SandboxSpec spec = SandboxSpec.of(id, id);
    Path files = Files.createTempDirectory("kuber-step");
    Optional<PodSandbox> made = Optional.empty();
    try {
      PodSandbox sandbox =
          runtime.createSandbox(network.equals("host") ? spec.withHostNetwork() : spec);
      made = Optional.of(sandbox);
      List<ContainerMount> all = new ArrayList<>(mounts);
      all.addAll(connect(sandbox, network, files));
      return run(
          new ContainerSpec(
              id, sandbox, layers, all, process, Security.DEFAULT, Resources.UNLIMITED, output),
          outcome);
    } catch (ContainerException e) {
      throw new EngineException(400, String.valueOf(e.getMessage()), e);
    } finally {
      giveBack(id, made, files);
    }
  }

  private void giveBack(String id, Optional<PodSandbox> sandbox, Path files) throws IOException {
    try {
      networks.disconnect(NetworkShelf.DEFAULT, id);
    } finally {
      try {
        sandbox.ifPresent(PodSandbox::remove);
      } finally {
        Deletion.of(files);
      }
    }
  }

  /** Connects a step, and gives what it has to know of its network. */
  private List<ContainerMount> connect(PodSandbox sandbox, String network, Path files)
      throws IOException {
    String resolvConf;
    switch (network) {
      case "none" -> {
        return List.of();
      }
      case "host" -> resolvConf = Files.readString(Path.of("/etc/resolv.conf"));
      case "", "default", NetworkShelf.DEFAULT -> {
        networks.connect(
            NetworkShelf.DEFAULT, sandbox.id(), sandbox.networkNamespace(), List.of(), "");
        resolvConf = networks.resolvConf(List.of(NetworkShelf.DEFAULT));
      }
      default ->
          throw EngineException.malformed(
              "networkmode: " + network + ": builds have bridge, host or none");
    }
    Path file = Files.writeString(files.resolve("resolv.conf"), resolvConf);
    Files.setAttribute(file, "unix:mode", 0644);
    return List.of(new ContainerMount.Bind(file, "/etc/resolv.conf", false));
  }

  private <T> T run(ContainerSpec spec, Outcome<T> outcome)
      throws IOException, InterruptedException {
    Container container = runtime.start(spec);
    try {
      Exit exit = container.exit().toCompletableFuture().get();
      Path changes =
          container
              .writableLayer()
              .orElseThrow(() -> EngineException.failed("the step has left no directory"));
      return outcome.take(exit.code(), changes);
    } catch (ExecutionException e) {
      throw new EngineException(500, "the step cannot be waited for: " + e.getCause(), e);
    } finally {
      container.signal(KILL);
      container.remove();
    }
  }
}
