package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.eviction.Pressure;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeStatusTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final NodeConfig CONFIG =
      new NodeConfig(
          "n1",
          "10.0.0.1",
          Path.of("/none"),
          "10.244.0.0/24",
          Optional.empty(),
          "cluster.local",
          NodeConfig.VERSION,
          Map.of("cpu", "2", "memory", "1048576Ki", "ephemeral-storage", "1000Ki", "pods", "110"));
  private static final HostFacts HOST = new HostFacts("m", "b", "6.1", "Linux", "amd64");

  private static Tree status(NodeReport report, Items old, Instant now) {
    return NodeStatus.status(CONFIG, HOST, report, old, now);
  }

  private static Tree condition(Tree status, String type) {
    return status.items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void keepsBackWhatPodsNeverGet() {
    Tree allocatable = status(NodeReport.NONE, Items.EMPTY, NOW).tree("allocatable");
    assertThat(allocatable.texts())
        .containsEntry("memory", "946176Ki")
        .containsEntry("ephemeral-storage", "921600")
        .containsEntry("cpu", "2")
        .containsEntry("pods", "110");
  }

  @Test
  void tellsAllConditionsInTheOrderOfTheKubelet() {
    Tree status = status(NodeReport.NONE, Items.EMPTY, NOW);
    assertThat(status.items("conditions").trees())
        .extracting(condition -> condition.text("type"))
        .containsExactly("MemoryPressure", "DiskPressure", "PIDPressure", "Ready");
    assertThat(condition(status, "DiskPressure").text("reason"))
        .isEqualTo("KubeletHasNoDiskPressure");
  }

  @Test
  void tellsOfPressureSinceItCame() {
    Tree before = status(NodeReport.NONE, Items.EMPTY, NOW);
    NodeReport report = new NodeReport(Set.of(Pressure.MEMORY), OptionalInt.empty());
    Tree after = status(report, before.items("conditions"), NOW.plusSeconds(60));
    Tree memory = condition(after, "MemoryPressure");
    assertThat(memory.text("status")).isEqualTo("True");
    assertThat(memory.text("reason")).isEqualTo("KubeletHasInsufficientMemory");
    assertThat(memory.text("lastTransitionTime")).isEqualTo("2026-01-01T00:01:00Z");
    assertThat(condition(after, "PIDPressure").text("lastTransitionTime"))
        .isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void tellsWhereItAnswers() {
    NodeReport report = new NodeReport(Set.of(), OptionalInt.of(10250));
    assertThat(
            status(report, Items.EMPTY, NOW)
                .number(0, "daemonEndpoints", "kubeletEndpoint", "Port"))
        .isEqualTo(10250);
    assertThat(status(NodeReport.NONE, Items.EMPTY, NOW).has("daemonEndpoints")).isFalse();
  }
}
