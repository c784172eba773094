package io.kuber.controller.tainteviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told of pods that are to go, and of those that need not after all. */
final class TaintEvictionControllerTest {
  private static final String MARKED = "Marking for deletion Pod default/p";
  private static final String CANCELLED = "Cancelling deletion of Pod default/p";

  private final ControlPlane cluster = new ControlPlane(new TaintEvictionController());

  @BeforeEach
  void runPodThatToleratesForOneMinute() {
    cluster.create(Resources.NODES, "{metadata: {name: node}}");
    cluster.create(
        Resources.PODS,
        """
        metadata: {name: p}
        spec:
          nodeName: node
          containers: [{name: c, image: i}]
          tolerations:
          - {key: patch, operator: Exists, effect: NoExecute, tolerationSeconds: 60}
        """);
  }

  /** Adds NoExecute taints of these keys now. */
  private void taint(String... keys) {
    Items items = Items.copyOf(Stream.of(keys).map(this::noExecute).toList());
    KubeObject node = cluster.get(Resources.NODES, "node").orElseThrow();
    cluster.update(Resources.NODES, node.with(items, "spec", "taints"));
  }

  private Tree noExecute(String key) {
    return Tree.of("key", key, "effect", "NoExecute", "timeAdded", cluster.now().toString());
  }

  private List<String> told() {
    return cluster.list(Resources.EVENTS).stream()
        .map(event -> event.tree().text("message"))
        .toList();
  }

  @Test
  void callsOffWhatWasToHappenWhenTheTaintGoes() {
    taint("patch");
    cluster.advance(Duration.ofSeconds(30));
    assertThat(told()).isEmpty();
    taint();
    cluster.advance(Duration.ofMinutes(2));
    assertThat(told()).containsExactly(CANCELLED);
  }

  @Test
  void callsOffNothingThatHappens() {
    taint("patch");
    cluster.advance(Duration.ofMinutes(2));
    assertThat(told()).containsExactly(MARKED);
  }

  @Test
  void callsOffTheLaterEndOfPodThatGoesAtOnce() {
    taint("patch");
    taint("patch", "fire");
    cluster.advance(Duration.ofMinutes(2));
    assertThat(told()).containsExactlyInAnyOrder(CANCELLED, MARKED);
  }

  @Test
  void callsOffTheEndOfPodThatSomebodyElseDeleted() {
    taint("patch");
    cluster.delete(Resources.PODS, cluster.get(Resources.PODS, "p").orElseThrow(), "");
    cluster.advance(Duration.ofMinutes(2));
    assertThat(told()).containsExactly(CANCELLED);
  }
}
