package io.kuber.load.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ContainerSpec;
import io.kuber.container.Exit;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.container.linux.LinuxContainers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** kuber's runtime: a sandbox and a container in it for each start, as a pod has them. */
final class KuberStarter implements Starter {
  private static final long LIMIT_SECONDS = 60;

  private final LinuxContainers runtime;
  private final Bundle bundle;
  private final AtomicInteger started = new AtomicInteger();
  private @Nullable PodSandbox pod;
  private @Nullable Container resident;

  KuberStarter(Path directory, Bundle bundle) {
    this.runtime = LinuxContainers.open(directory, "load", InstantSource.system());
    this.bundle = bundle;
  }

  @Override
  public String name() {
    return "kuber";
  }

  private Container start(PodSandbox sandbox, String... command) {
    ProcessSpec process = ProcessSpec.of(command);
    return runtime.start(
        ContainerSpec.of("c" + sandbox.id(), sandbox, List.of(bundle.root()), process));
  }

  @Override
  public void start(int lane) throws IOException {
    String id = lane + "-" + started.incrementAndGet();
    PodSandbox sandbox = runtime.createSandbox(SandboxSpec.of(id, "load"));
    Container container = start(sandbox, "/bin/true");
    check(container.exit());
    container.remove();
    sandbox.remove();
  }

  @Override
  public void join() throws IOException {
    if (resident == null) {
      pod = runtime.createSandbox(SandboxSpec.of("resident", "load"));
      resident = start(pod, "/bin/sleep", "100000");
    }
    try (ContainerProcess process = resident.exec(ProcessSpec.of("/bin/true"))) {
      check(process.exit());
    }
  }

  private static void check(CompletionStage<Exit> exit) throws IOException {
    Exit seen = exit.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (seen.code() != 0) {
      throw new IOException("a container ended with " + seen);
    }
  }

  @Override
  public void end() {
    if (resident != null && pod != null) {
      resident.remove();
      pod.remove();
    }
    runtime.close();
  }
}
