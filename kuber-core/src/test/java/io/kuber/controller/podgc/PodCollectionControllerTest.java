package io.kuber.controller.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PodCollectionControllerTest {
  private static final String POD =
      "{metadata: {name: p, finalizers: %s}, spec: {nodeName: node-1, containers: [{name: a, image:"
          + " b}]}}";

  private final ControlPlane plane = new ControlPlane(new PodCollectionController());

  @BeforeEach
  void makeNode() {
    plane.create(Resources.NODES, "{metadata: {name: node-1}}");
  }

  private KubeObject node() {
    return plane.get(Resources.NODES, "node-1").orElseThrow();
  }

  @Test
  void deletesThePodsOfNodeThatIsGone() {
    plane.create(Resources.PODS, POD.formatted("[]"));
    plane.advance(Duration.ofMinutes(1));
    plane.delete(Resources.NODES, node(), "");
    plane.advance(Duration.ofSeconds(39));
    assertThat(plane.names(Resources.PODS)).containsExactly("p");
    plane.advance(Duration.ofSeconds(2));
    assertThat(plane.names(Resources.PODS)).isEmpty();
  }

  @Test
  void saysWhyToWhoeverHoldsThePod() {
    plane.create(Resources.PODS, POD.formatted("[example.com/hold]"));
    plane.delete(Resources.NODES, node(), "");
    plane.advance(Duration.ofSeconds(41));
    KubeObject pod = plane.get(Resources.PODS, "p").orElseThrow();
    assertThat(pod.status().text("phase")).isEqualTo("Failed");
    assertThat(pod.status().items("conditions").trees())
        .extracting(condition -> condition.text("reason"))
        .contains("DeletionByPodGC");
  }

  @Test
  void keepsPodsOfNodeThatComesBackInTime() {
    plane.create(Resources.PODS, POD.formatted("[]"));
    plane.delete(Resources.NODES, node(), "");
    plane.advance(Duration.ofSeconds(30));
    makeNode();
    plane.advance(Duration.ofSeconds(30));
    plane.delete(Resources.NODES, node(), "");
    plane.advance(Duration.ofSeconds(30));
    assertThat(plane.names(Resources.PODS)).containsExactly("p");
  }

  @Test
  void givesNodeTimeToComeThatPodNamesAlready() {
    plane.delete(Resources.NODES, node(), "");
    plane.create(Resources.PODS, POD.formatted("[]"));
    plane.advance(Duration.ofSeconds(39));
    assertThat(plane.names(Resources.PODS)).containsExactly("p");
    plane.advance(Duration.ofSeconds(2));
    assertThat(plane.names(Resources.PODS)).isEmpty();
  }

  @Test
  void failsPodInDeletionThatHasNoNodeForWhoeverHoldsIt() {
    KubeObject pod =
        plane.create(
            Resources.PODS,
            "{metadata: {name: p, finalizers: [example.com/hold]}, spec: {containers: [{name: a,"
                + " image: b}]}}");
    plane.deleteWithGrace(Resources.PODS, pod);
    assertThat(plane.get(Resources.PODS, "p").orElseThrow().status().text("phase"))
        .isEqualTo("Failed");
  }

  @Test
  void endsPodsInDeletionOnNodeThatIsOutOfService() {
    KubeObject pod = plane.create(Resources.PODS, POD.formatted("[]"));
    plane.deleteWithGrace(Resources.PODS, pod);
    assertThat(plane.names(Resources.PODS)).containsExactly("p");
    Tree taint = Tree.of("key", "node.kubernetes.io/out-of-service", "effect", "NoExecute");
    plane.update(Resources.NODES, node().with(Items.of(taint), "spec", "taints"));
    assertThat(plane.names(Resources.PODS)).isEmpty();
  }
}
