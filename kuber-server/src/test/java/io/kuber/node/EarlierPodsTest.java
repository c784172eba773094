package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.container.ContainerSpec;
import io.kuber.container.FakeContainer;
import io.kuber.container.FakeContainers;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that begins on a machine where an earlier one has left pods. */
final class EarlierPodsTest {
  private final AgentBench bench = new AgentBench();
  private final FakeContainers machine = bench.machine();
  private final TestCluster cluster = bench.cluster();

  @TempDir private Path directory;

  private void startAgent() throws IOException {
    bench.start(directory);
  }

  /** A pod whose container {@code main} an earlier agent has started, without telling anybody. */
  private FakeContainer left(String restartPolicy) {
    cluster.create(
        Resources.PODS,
        "{metadata: {name: web}, spec: {nodeName: node-1, restartPolicy: "
            + restartPolicy
            + ", containers: [{name: main, image: a}]}}");
    bench.pass(Duration.ZERO);
    return started(cluster.pod("web").uid());
  }

  private FakeContainer started(String uid) {
    PodSandbox sandbox = machine.createSandbox(SandboxSpec.of(uid, "web"));
    ContainerSpec spec =
        ContainerSpec.of(uid + "-main-0", sandbox, List.of(Path.of("/")), ProcessSpec.of("run"));
    machine.start(spec);
    return machine.container(spec.id());
  }

  private Tree status() {
    KubeObject pod = cluster.pod("web");
    return pod.status().items("containerStatuses").trees().get(0);
  }

  @Test
  void goesOnWithContainersThatRun() throws IOException {
    FakeContainer container = left("Always");
    startAgent();
    assertThat(machine.history()).doesNotContain("remove " + container.id());
    assertThat(machine.containers()).containsExactly(container);
    assertThat(status().text("containerID")).endsWith(container.id());
    assertThat(status().isTrue("ready")).isTrue();
    assertThat(status().number(-1, "restartCount")).isZero();
    assertThat(cluster.pod("web").status().text("podIP")).isEqualTo("10.244.0.2");
  }

  @Test
  void noticesTheEndOfContainersThatItTookOver() throws IOException {
    FakeContainer container = left("Never");
    startAgent();
    container.exitWith(3);
    bench.pass(Duration.ofSeconds(1));
    assertThat(cluster.pod("web").status().text("phase")).isEqualTo("Failed");
    assertThat(status().number(-1, "state", "terminated", "exitCode")).isEqualTo(3);
  }

  @Test
  void tellsHowContainersEndedMeanwhile() throws IOException {
    left("Never").runOutOfMemory();
    startAgent();
    bench.pass(Duration.ofSeconds(1));
    Tree ended = status().tree("state", "terminated");
    assertThat(ended.number(-1, "exitCode")).isEqualTo(137);
    assertThat(ended.text("reason")).isEqualTo("OOMKilled");
  }

  @Test
  void startsAnewWhatEndedMeanwhile() throws IOException {
    left("Always").exitWith(1);
    startAgent();
    bench.pass(Duration.ofSeconds(15));
    assertThat(status().number(-1, "restartCount")).isEqualTo(1);
    assertThat(machine.containers()).hasSize(1).allMatch(c -> c.id().endsWith("-main-1"));
  }

  @Test
  void removesPodsWhoseObjectsAreGone() throws IOException {
    started("nobody");
    FakeContainer kept = left("Always");
    startAgent();
    assertThat(machine.sandboxes()).containsExactly(cluster.pod("web").uid());
    assertThat(machine.containers()).containsExactly(kept);
    assertThat(bench.detached()).contains("nobody");
  }

  @Test
  void removesFilesOfEarlierPodsAndNothingThatIsMadeMeanwhile() throws IOException {
    Path gone = Files.createDirectories(directory.resolve("pods/gone"));
    Path known = Files.createDirectories(directory.resolve("pods/known"));
    Path goneLogs = Files.createDirectories(directory.resolve("logs/default_web_gone"));
    Queue<Runnable> work = new ArrayDeque<>();
    EarlierPods earlier =
        new EarlierPods(
            bench.machinery(directory),
            bench.loop("node"),
            work::add,
            (pod, inheritance, isGone) -> {});
    earlier.removeOthers(Set.of("known"));
    Path begun = Files.createDirectories(directory.resolve("pods/begun/volumes"));
    work.remove().run();
    assertThat(List.of(known, begun)).allMatch(Files::isDirectory);
    assertThat(List.of(gone, goneLogs)).noneMatch(Files::exists);
    assertThat(work).isEmpty();
  }
}
