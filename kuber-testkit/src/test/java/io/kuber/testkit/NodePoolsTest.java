package io.kuber.testkit;

import static io.kuber.testkit.Things.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.kuber.resource.Resources;
import io.kuber.testkit.junit.ClusterOptions;
import io.kuber.testkit.junit.KuberTest;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.stage.Match;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Groups of nodes, and pods that do as their scripts say, in a cluster on real time. */
@KuberTest
final class NodePoolsTest {
  @ClusterOptions
  static final TestClusterOptions OPTIONS =
      TestClusterOptions.DEFAULT
          .withNodes(
              NodeSettings.of(2).inRegion("eu").inZones("eu-a", "eu-b").ofType("m5.large"),
              NodeSettings.pool("gpu", 1)
                  .sized("32", "256Gi")
                  .offering("nvidia.com/gpu", "4")
                  .onArch("arm64")
                  .labelled("tier", "gpu")
                  .tainted("dedicated=gpu:NoSchedule"))
          .with(
              PodScript.of(Match.label("app", "echo"))
                  .listening(7, call -> call.input().transferTo(call.output())));

  private final KubernetesClient client;
  private final TestCluster cluster;

  NodePoolsTest(KubernetesClient client, TestCluster cluster) {
    this.client = client;
    this.cluster = cluster;
  }

  private Pod run(String name) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .addToLabels("app", name)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("some")
            .endContainer()
            .endSpec()
            .build();
    client.resource(pod).create();
    return client.resource(pod).waitUntilReady(60, TimeUnit.SECONDS);
  }

  @Test
  void makesNodesOfEveryGroup() {
    Node plain = client.nodes().withName("node-1").get();
    assertThat(plain.getMetadata().getLabels())
        .containsAllEntriesOf(
            Map.of(
                "kubernetes.io/hostname", "node-1",
                "kubernetes.io/os", "linux",
                "kubernetes.io/arch", "amd64",
                "topology.kubernetes.io/region", "eu",
                "topology.kubernetes.io/zone", "eu-b",
                "node.kubernetes.io/instance-type", "m5.large"));
    Node gpu = client.nodes().withName("gpu-0").get();
    assertThat(gpu.getMetadata().getLabels())
        .containsEntry("kubernetes.io/arch", "arm64")
        .containsEntry("tier", "gpu");
    assertThat(gpu.getStatus().getNodeInfo().getArchitecture()).isEqualTo("arm64");
    assertThat(gpu.getStatus().getCapacity().get("nvidia.com/gpu")).hasToString("4");
    assertThat(gpu.getSpec().getTaints()).extracting("key").contains("dedicated");
    assertThat(gpu.getStatus().getAddresses()).isNotEqualTo(plain.getStatus().getAddresses());
  }

  @Test
  void keepsPodsAwayFromTaints() {
    assertThat(run("web").getSpec().getNodeName()).startsWith("node-");
  }

  @Test
  void takesScriptsWhileItRuns() {
    cluster.nodes().script(PodScript.of(Match.label("app", "late")).crashing(Duration.ZERO, 4));
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("late")
            .withNamespace("default")
            .addToLabels("app", "late")
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("main")
            .withImage("some")
            .endContainer()
            .endSpec()
            .build();
    client.resource(pod).create();
    Pod failed =
        client
            .resource(pod)
            .waitUntilCondition(
                seen -> seen != null && "Failed".equals(seen.getStatus().getPhase()),
                60,
                TimeUnit.SECONDS);
    assertThat(failed.getStatus().getContainerStatuses().get(0).getState().getTerminated())
        .hasFieldOrPropertyWithValue("exitCode", 4);
  }

  @Test
  void leadsAPortToAScript() throws IOException {
    run("echo");
    try (LocalPortForward forward =
            client.pods().inNamespace("default").withName("echo").portForward(7);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      InputStream answer = socket.getInputStream();
      assertThat(new String(answer.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void losesNodesAndGetsThemBackByName() {
    cluster.nodes().silence("gpu-0");
    cluster.nodes().revive("gpu-0");
    assertThatThrownBy(() -> cluster.nodes().silence("node-7"))
        .hasMessage("there is no simulated node node-7; there are node-0, node-1, gpu-0");
    assertThat(await(cluster.client().get(Resources.NODES, "", "gpu-0")).name()).isEqualTo("gpu-0");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> NodeSettings.of(1).tainted("gpu"))
        .hasMessage(
            "\"gpu\" is no taint; write key=value:NoSchedule, PreferNoSchedule or NoExecute");
    List<NodeSettings> twice = List.of(NodeSettings.of(1), NodeSettings.of(1));
    TestClusterOptions options =
        TestClusterOptions.DEFAULT.withNodes(twice.toArray(NodeSettings[]::new));
    assertThatThrownBy(() -> TestCluster.start(options).close())
        .hasMessage("two nodes are named node-0");
  }
}
