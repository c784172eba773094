package io.kuber.controller.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.Arrays;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Config maps own each other here: what owns what does not depend on the kind. */
final class GarbageControllerTest {
  private static final ResourceType MAPS = Resources.CONFIG_MAPS;

  private final ControlPlane plane = new ControlPlane(new GarbageController(() -> Resources.ALL));

  private KubeObject map(String name, KubeObject... owners) {
    String references =
        Arrays.stream(owners).map(owner -> reference(owner, owner.uid())).collect(list());
    return plane.create(
        MAPS, "{metadata: {name: " + name + ", ownerReferences: " + references + "}}");
  }

  private static Collector<CharSequence, ?, String> list() {
    return Collectors.joining(", ", "[", "]");
  }

  private static String reference(KubeObject owner, String uid) {
    return "{apiVersion: %s, kind: %s, name: %s, uid: %s, blockOwnerDeletion: true}"
        .formatted(owner.apiVersion(), owner.kind(), owner.name(), uid);
  }

  @Test
  void collectsWhatTheOwnerLeavesBehindDownToTheLast() {
    KubeObject owner = map("a");
    map("c", map("b", owner));
    plane.delete(MAPS, owner, "Background");
    assertThat(plane.names(MAPS)).isEmpty();
  }

  @Test
  void collectsObjectThatIsMadeAfterItsOwnerWent() {
    KubeObject owner = map("a");
    plane.delete(MAPS, owner, "");
    map("b", owner);
    assertThat(plane.names(MAPS)).isEmpty();
  }

  @Test
  void refusesOwnersOfOtherNamespacesAndSaysWhy() {
    plane.create(Resources.NAMESPACES, "{metadata: {name: elsewhere}}");
    KubeObject owner = plane.create(MAPS, "{metadata: {name: a, namespace: elsewhere}}");
    map("b", owner);
    assertThat(plane.names(MAPS)).containsExactly("a");
    assertThat(plane.list(Resources.EVENTS))
        .extracting(event -> event.tree().text("reason") + ": " + event.tree().text("message"))
        .containsExactly(
            "OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: default, name: a, uid: %s]"
                    .formatted(owner.uid())
                + " does not exist in namespace \"default\"");
  }

  @Test
  void countsOwnerOfAnotherUidAsGone() {
    KubeObject owner = map("a");
    plane.create(
        MAPS, "{metadata: {name: b, ownerReferences: [" + reference(owner, "another") + "]}}");
    assertThat(plane.names(MAPS)).containsExactly("a");
  }

  @Test
  void deletesDependentsBeforeOwnerInForeground() {
    KubeObject owner = map("a");
    map("b", owner);
    KubeObject held =
        plane.create(
            MAPS,
            "{metadata: {name: c, finalizers: [example.com/hold], ownerReferences: ["
                + reference(owner, owner.uid())
                + "]}}");
    plane.delete(MAPS, owner, "Foreground");
    assertThat(plane.names(MAPS)).containsExactly("a", "c");
    plane.update(
        MAPS, plane.get(MAPS, held.name()).orElseThrow().without("metadata", "finalizers"));
    assertThat(plane.names(MAPS)).isEmpty();
  }

  @Test
  void letsOwnerGoOnceItsDependentBelongsToAnother() {
    KubeObject owner = map("a");
    map("c", owner, map("b"));
    plane.delete(MAPS, owner, "Foreground");
    assertThat(plane.names(MAPS)).containsExactly("b", "c");
    assertThat(plane.get(MAPS, "c").orElseThrow().owners()).hasSize(1);
  }

  @Test
  void orphansDependents() {
    KubeObject owner = map("a");
    map("b", owner);
    plane.delete(MAPS, owner, "Orphan");
    assertThat(plane.names(MAPS)).containsExactly("b");
    assertThat(plane.get(MAPS, "b").orElseThrow().owners()).isEmpty();
  }

  @Test
  void endsCircleOfOwners() {
    KubeObject first = map("a");
    KubeObject second = map("b", first);
    plane.update(
        MAPS,
        plane
            .get(MAPS, "a")
            .orElseThrow()
            .with(
                ControlPlane.yaml("r: [" + reference(second, second.uid()) + "]").tree().items("r"),
                "metadata",
                "ownerReferences"));
    plane.delete(MAPS, first, "Foreground");
    assertThat(plane.names(MAPS)).isEmpty();
  }

  @Test
  void keepsObjectOfClusterScopeThatNamesOwnerInNamespaceAndSaysWhy() {
    KubeObject owner = map("a");
    plane.create(
        Resources.NODES,
        "{metadata: {name: node-1, ownerReferences: [" + reference(owner, owner.uid()) + "]}}");
    plane.delete(MAPS, owner, "");
    assertThat(plane.names(Resources.NODES)).containsExactly("node-1");
    assertThat(plane.list(Resources.EVENTS))
        .extracting(KubeObject::tree)
        .extracting((Tree event) -> event.text("reason"))
        .containsExactly("OwnerRefInvalidNamespace");
  }
}
