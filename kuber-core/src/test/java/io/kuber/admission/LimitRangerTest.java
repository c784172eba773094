package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitRangerTest {
  private static final String RANGE = "{metadata: {name: r}, spec: {limits: [%s]}}";

  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: a, image: i, resources: %s}, {name: b,"
          + " image: i, resources: {requests: {cpu: 1}, limits: {cpu: 1}}}]}}";

  private final ControlPlane plane = new ControlPlane();

  private void limit(String limit) {
    plane.create(Resources.LIMIT_RANGES, RANGE.formatted(limit));
  }

  @Test
  void givesContainersTheDefaultsOfTheirNamespace() {
    limit("{type: Container, default: {cpu: 2, memory: 1Gi}, defaultRequest: {cpu: 500m}}");
    KubeObject pod = plane.create(Resources.PODS, POD.formatted("{requests: {cpu: 1}}"));
    Tree resources = pod.spec().items("containers").tree(0).tree("resources");
    assertThat(resources.text("requests", "memory")).isEqualTo("1Gi");
    assertThat(resources.at("requests", "cpu")).hasToString("1");
    assertThat(resources.at("limits", "cpu")).hasToString("2");
    assertThat(pod.annotations())
        .containsEntry(
            "kubernetes.io/limit-ranger",
            "LimitRanger plugin set: memory request for container a; cpu, memory limit for container"
                + " a; memory request for container b; memory limit for container b");
  }

  @ParameterizedTest(name = "{0} against {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'{type: Container, max: {cpu: 1}}' | '{requests: {cpu: 1}, limits: {cpu: 2}}' | maximum cpu usage per Container is 1, but limit is 2",
        "'{type: Container, min: {cpu: 100m}}' | '{requests: {cpu: 50m}, limits: {cpu: 1}}' | minimum cpu usage per Container is 100m, but request is 50m",
        "'{type: Container, maxLimitRequestRatio: {cpu: 2}}' | '{requests: {cpu: 1}, limits: {cpu: 3}}' | cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000",
        "'{type: Pod, max: {cpu: 2}}' | '{requests: {cpu: 1}, limits: {cpu: 2}}' | maximum cpu usage per Pod is 2, but limit is 3",
        "'{type: Pod, min: {memory: 1Gi}}' | '{}' | minimum memory usage per Pod is 1Gi.  No request is specified",
        "'{type: Pod, max: {memory: 1Gi}}' | '{}' | maximum memory usage per Pod is 1Gi.  No limit is specified"
      })
  void refusesPodsOutsideItsLimits(String limit, String resources, String why) {
    limit(limit);
    assertThatThrownBy(() -> plane.create(Resources.PODS, POD.formatted(resources)))
        .hasMessageEndingWith("pods \"p\" is forbidden: " + why);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "500Mi | minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi",
        "3Gi   | maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi"
      })
  void refusesClaimsOutsideItsLimits(String size, String why) {
    limit("{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 2Gi}}");
    String claim =
        "{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage:"
            + " %s}}}}";
    assertThatThrownBy(
            () -> plane.create(Resources.PERSISTENT_VOLUME_CLAIMS, claim.formatted(size)))
        .hasMessageEndingWith(why);
    assertThat(plane.create(Resources.PERSISTENT_VOLUME_CLAIMS, claim.formatted("1Gi")))
        .isNotNull();
  }
}
