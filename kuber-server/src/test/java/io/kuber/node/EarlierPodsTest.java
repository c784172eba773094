package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import io.kuber.container.ContainerSpec;
import io.kuber.container.FakeContainer;
import io.kuber.container.FakeContainers;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageConfig;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that begins on a machine where an earlier one has left pods. */
final class EarlierPodsTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeContainers machine = new FakeContainers(loops.clock());
  private final TestCluster cluster = new TestCluster(loops);
  private final List<String> detached = new ArrayList<>();

  @TempDir private Path directory;

  private void startAgent() throws IOException {
    NodeConfig config =
        new NodeConfig(
            "node-1",
            "192.0.2.10",
            directory,
            "10.244.0.0/24",
            Optional.empty(),
            NodeConfig.VERSION,
            Map.of("cpu", "2", "memory", "4Gi", "pods", "110"));
    PodMachinery machinery =
        new PodMachinery(
            machine,
            new KnownImages(EarlierPodsTest::image),
            new KnownLinks(),
            new ClusterObjects(cluster.client()),
            config,
            loops.clock());
    NodeAgent.start(
        machinery,
        cluster.client(),
        (pod, container, warning, reason, message) -> {},
        loops.loop("node"),
        MoreExecutors.newDirectExecutorService());
    pass(Duration.ZERO);
  }

  private static Image image(String reference) {
    ImageConfig config = new ImageConfig(List.of(), List.of("run"), Map.of(), "", "/");
    return new Image(reference, reference + "@sha256:1", List.of(Path.of("/")), List.of(), config);
  }

  private final class KnownLinks implements PodLinks {
    @Override
    public String attach(String podUid, Path networkNamespace) {
      return "10.244.0.77";
    }

    @Override
    public void detach(String podUid) {
      detached.add(podUid);
    }
  }

  private void pass(Duration time) {
    loops.settle();
    loops.advance(time);
    loops.settle();
  }

  /** A pod whose container {@code main} an earlier agent has started, without telling anybody. */
  private FakeContainer left(String restartPolicy) {
    cluster.create(
        Resources.PODS,
        "{metadata: {name: web}, spec: {nodeName: node-1, restartPolicy: "
            + restartPolicy
            + ", containers: [{name: main, image: a}]}}");
    loops.settle();
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
    assertThat(cluster.pod("web").status().text("podIP")).isEqualTo("10.244.0.77");
  }

  @Test
  void noticesTheEndOfContainersThatItTookOver() throws IOException {
    FakeContainer container = left("Never");
    startAgent();
    container.exitWith(3);
    pass(Duration.ofSeconds(1));
    assertThat(cluster.pod("web").status().text("phase")).isEqualTo("Failed");
    assertThat(status().number(-1, "state", "terminated", "exitCode")).isEqualTo(3);
  }

  @Test
  void tellsHowContainersEndedMeanwhile() throws IOException {
    left("Never").runOutOfMemory();
    startAgent();
    pass(Duration.ofSeconds(1));
    Tree ended = status().tree("state", "terminated");
    assertThat(ended.number(-1, "exitCode")).isEqualTo(137);
    assertThat(ended.text("reason")).isEqualTo("OOMKilled");
  }

  @Test
  void startsAnewWhatEndedMeanwhile() throws IOException {
    left("Always").exitWith(1);
    startAgent();
    pass(Duration.ofSeconds(15));
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
    assertThat(detached).contains("nobody");
  }
}
