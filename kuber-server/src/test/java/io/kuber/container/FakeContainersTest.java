package io.kuber.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class FakeContainersTest {
  private final FakeContainers runtime = new FakeContainers(() -> Instant.EPOCH);
  private final PodSandbox sandbox = runtime.createSandbox(SandboxSpec.of("pod", "host"));

  private ContainerSpec spec(String id) {
    return ContainerSpec.of(id, sandbox, List.of(Path.of("/")), ProcessSpec.of("run"));
  }

  private static Exit exitOf(CompletionStage<Exit> stage) {
    return stage.toCompletableFuture().getNow(new Exit(-1, 0, false, Instant.EPOCH));
  }

  @Test
  void runsScriptOfEveryContainer() {
    StringBuilder written = new StringBuilder();
    runtime.onStart(
        container -> {
          container.write("hello");
          container.exitWith(3);
        });
    Container container =
        runtime.start(
            spec("a").withOutput((stream, bytes) -> written.append(new String(bytes, UTF_8))));
    assertThat(exitOf(container.exit()).code()).isEqualTo(3);
    assertThat(written).hasToString("hello");
  }

  @Test
  void endsContainersBySignals() {
    Container container = runtime.start(spec("a"));
    runtime.container("a").ignoreTermination();
    container.signal(15);
    assertThat(container.exit().toCompletableFuture()).isNotDone();
    container.signal(9);
    assertThat(exitOf(container.exit()).code()).isEqualTo(137);
    assertThat(runtime.history()).endsWith("signal a 15", "signal a 9");
  }

  @Test
  void answersExecFromScript() throws IOException {
    runtime.onExec(process -> FakeProcess.Script.prints(String.join(" ", process.command())));
    Container container = runtime.start(spec("a"));
    try (ContainerProcess process = container.exec(ProcessSpec.of("ls", "/"))) {
      assertThat(process.stdout().readAllBytes()).asString().isEqualTo("ls /");
      assertThat(exitOf(process.exit()).code()).isZero();
    }
  }

  @Test
  void refusesContainersOfRemovedSandbox() {
    sandbox.remove();
    assertThatThrownBy(() -> runtime.start(spec("a"))).hasMessage("sandbox pod is gone");
  }

  @Test
  void reclaimsWhatIsThere() {
    runtime.start(spec("a"));
    assertThat(runtime.reclaim()).isEqualTo(new Leftovers(List.of("pod"), List.of("a"), 1));
    assertThat(runtime.reclaim().isEmpty()).isTrue();
  }
}
