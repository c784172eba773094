package io.kuber.node;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources of running pods on a node of two processors, in virtual time. */
final class PodResizerTest {
  private final AgentBench bench = new AgentBench();

  @TempDir private Path directory;

  @BeforeEach
  void startAgent() throws IOException {
    bench.start(directory);
    run("web", "500m");
  }

  private void run(String name, String cpu) {
    bench
        .cluster()
        .create(
            Resources.PODS,
            """
            metadata: {name: %s}
            spec:
              nodeName: node-1
              containers: [{name: main, image: app, resources: {requests: {cpu: %s}}}]
            """
                .formatted(name, cpu));
    bench.pass(Duration.ZERO);
  }

  private void resize(String cpu) {
    Tree change =
        TestCluster.parse(
            "{spec: {containers: [{name: main, resources: {requests: {cpu: " + cpu + "}}}]}}");
    await(
        bench
            .cluster()
            .client()
            .patch(Resources.PODS, "default", "web", "resize", PatchType.STRATEGIC, change));
    bench.pass(Duration.ZERO);
  }

  private KubeObject web() {
    return bench.cluster().pod("web");
  }

  /** Why the resize waits; empty when it does not. */
  private String pending() {
    return web().status().items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals("PodResizePending"))
        .map(condition -> condition.text("reason"))
        .findFirst()
        .orElse("");
  }

  private String has() {
    return web().status().items("containerStatuses").tree(0).text("resources", "requests", "cpu");
  }

  @Test
  void hasItAtOnceWhereThereIsRoom() {
    resize("1");
    assertThat(pending()).isEmpty();
    assertThat(has()).isEqualTo("1");
    assertThat(bench.events()).contains("ResizeStarted", "ResizeCompleted");
  }

  @Test
  void waitsUntilAnotherPodLeaves() {
    run("other", "1500m");
    resize("1500m");
    assertThat(pending()).isEqualTo("Deferred");
    assertThat(has()).isEqualTo("500m");
    bench.pass(Duration.ofSeconds(30));
    assertThat(bench.events()).containsOnlyOnce("ResizeDeferred");
    await(
        bench
            .cluster()
            .client()
            .delete(Resources.PODS, "default", "other", new DeleteOptions(0, "", "", "")));
    bench.pass(Duration.ofSeconds(10));
    assertThat(pending()).isEmpty();
    assertThat(has()).isEqualTo("1500m");
  }

  @Test
  void takesNoRoomFromOthersWithWhatItOnlyWants() {
    resize("3");
    assertThat(pending()).isEqualTo("Infeasible");
    run("other", "1500m");
    assertThat(bench.cluster().pod("other").status().text("phase")).isEqualTo("Running");
    resize("500m");
    assertThat(pending()).isEmpty();
  }
}
