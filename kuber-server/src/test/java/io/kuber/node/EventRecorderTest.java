package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EventRecorderTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final TestCluster cluster = new TestCluster(loops);
  private final EventRecorder recorder =
      new EventRecorder(cluster.client(), loops.loop("events"), loops.clock(), "node-1");
  private final KubeObject pod =
      cluster.create(
          Resources.PODS, "{metadata: {name: web}, spec: {containers: [{name: a, image: i}]}}");

  @Test
  void writesAnEventAboutAContainer() {
    recorder.record(pod, "a", true, "BackOff", "Back-off");
    loops.settle();
    Tree event = cluster.list(Resources.EVENTS).get(0).tree();
    assertThat(event.text("type")).isEqualTo("Warning");
    assertThat(event.text("involvedObject", "fieldPath")).isEqualTo("spec.containers{a}");
    assertThat(event.text("source", "host")).isEqualTo("node-1");
  }

  @Test
  void countsRepetitionsInOneEvent() {
    for (int i = 0; i < 50; i++) {
      recorder.record(pod, "a", true, "BackOff", "Back-off");
      loops.settle();
    }
    loops.advance(Duration.ofSeconds(10));
    assertThat(cluster.list(Resources.EVENTS)).hasSize(1);
    assertThat(cluster.list(Resources.EVENTS).get(0).tree().number(0, "count")).isEqualTo(50);
  }

  @Test
  void dropsWhatIsTooMuch() {
    for (int i = 0; i < 5000; i++) {
      recorder.record(pod, "", false, "Reason", "message " + i);
    }
    loops.settle();
    assertThat(cluster.list(Resources.EVENTS)).hasSize(1000);
  }
}
