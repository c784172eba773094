package io.kuber.controller.ephemeralvolume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.resource.Resources;
import org.junit.jupiter.api.Test;

/** Claims that come and go with the pods that declare them. */
final class EphemeralVolumeControllerTest {
  private static final String SPEC =
      "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}";

  private static final String POD =
      "{metadata: {name: pod}, spec: {containers: [{name: a, image: i}], volumes: [{name: scratch,"
          + " ephemeral: {volumeClaimTemplate: {metadata: {labels: {kind: scratch}}, "
          + SPEC
          + "}}}]}}";

  private final ControlPlane cluster = new ControlPlane(new EphemeralVolumeController());

  private KubeObject claim() {
    return cluster.get(Resources.PERSISTENT_VOLUME_CLAIMS, "pod-scratch").orElseThrow();
  }

  @Test
  void makesTheClaimThatAVolumeStandsFor() {
    KubeObject pod = cluster.create(Resources.PODS, POD);
    assertThat(claim().controller().map(OwnerReference::uid)).contains(pod.uid());
    assertThat(claim().labels()).containsEntry("kind", "scratch");
    assertThat(claim().spec().text("resources", "requests", "storage")).isEqualTo("1Gi");
  }

  @Test
  void leavesTheClaimOfSomebodyElseAlone() {
    cluster.create(
        Resources.PERSISTENT_VOLUME_CLAIMS, "{metadata: {name: pod-scratch}, " + SPEC + "}");
    KubeObject before = claim();
    cluster.create(Resources.PODS, POD);
    assertThat(claim()).isEqualTo(before);
    assertThat(cluster.list(Resources.EVENTS))
        .extracting(event -> event.tree().text("message"))
        .contains(
            "ephemeral volume: PVC default/pod-scratch was not created for pod default/pod (pod is"
                + " not owner)");
  }
}
