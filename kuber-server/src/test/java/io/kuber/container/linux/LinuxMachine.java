package io.kuber.container.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ContainerSpec;
import io.kuber.container.Exit;
import io.kuber.container.HostCapabilities;
import io.kuber.container.OutputSink;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A runtime on this machine with one sandbox and the host image, for a test that needs root. */
final class LinuxMachine implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Path directory;
  private final LinuxContainers runtime;
  private final PodSandbox sandbox;
  private final ImageStore images;
  private int started;

  /** How a container ended, and all it wrote. */
  record Result(Exit exit, String stdout, String stderr) {}

  private LinuxMachine(Path directory) {
    this.directory = directory;
    this.runtime =
        LinuxContainers.open(directory.resolve("run"), instance(), InstantSource.system());
    this.sandbox = runtime.createSandbox(SandboxSpec.of("pod", "pod-host"));
    this.images = ImageStore.builtIn(directory.resolve("images"));
  }

  /** Skips the test, saying why, where containers cannot be run. */
  static LinuxMachine open() throws IOException {
    HostCapabilities host = LinuxContainers.probe();
    assumeTrue(host.canRunContainers(), () -> "containers: " + host.obstacles());
    return new LinuxMachine(Files.createTempDirectory("kuber-test"));
  }

  static String instance() {
    return "test-" + ProcessHandle.current().pid();
  }

  @Override
  public void close() {
    sandbox.remove();
    runtime.close();
    StateDirectory.delete(directory);
  }

  Path directory() {
    return directory;
  }

  LinuxContainers runtime() {
    return runtime;
  }

  PodSandbox sandbox() {
    return sandbox;
  }

  Image image(String reference) {
    return images.find(reference);
  }

  ContainerSpec spec(PodSandbox pod, ProcessSpec process) {
    Image image = image("kuber.io/host");
    return ContainerSpec.of("c" + started++, pod, image.layers(), process)
        .withMounts(image.mounts());
  }

  ContainerSpec shell(String script) {
    return spec(sandbox, ProcessSpec.of("sh", "-c", script));
  }

  /** Runs a container to its end and removes it. */
  Result run(ContainerSpec spec) {
    Recorder recorder = new Recorder();
    Container container = runtime.start(spec.withOutput(recorder));
    try {
      Exit exit = await(container.exit());
      return new Result(exit, recorder.stdout.toString(UTF_8), recorder.stderr.toString(UTF_8));
    } finally {
      container.remove();
    }
  }

  Result run(String script) {
    return run(shell(script));
  }

  /** Runs a process in a container to its end. */
  static Result exec(Container container, ProcessSpec spec) throws IOException {
    try (ContainerProcess process = container.exec(spec)) {
      String stdout = new String(process.stdout().readAllBytes(), UTF_8);
      String stderr = new String(process.stderr().readAllBytes(), UTF_8);
      return new Result(await(process.exit()), stdout, stderr);
    }
  }

  static Exit await(CompletionStage<Exit> exit) {
    return exit.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static final class Recorder implements OutputSink {
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public void accept(Stream stream, byte[] bytes) {
      (stream == Stream.STDOUT ? stdout : stderr).writeBytes(bytes);
    }
  }
}
