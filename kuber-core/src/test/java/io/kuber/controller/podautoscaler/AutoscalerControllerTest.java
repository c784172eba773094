package io.kuber.controller.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AutoscalerControllerTest {
  private static final String WEB =
      """
      metadata: {name: web}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 100m}}}]}
      """;

  private static final String POD =
      """
      metadata: {name: p, labels: {app: web}}
      spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 100m}}}]}
      """;

  private static final String SCALER =
      """
      metadata: {name: h}
      spec:
        minReplicas: 1
        maxReplicas: 5
        scaleTargetRef: {apiVersion: apps/v1, kind: %s, name: web}
        metrics:
        - type: Resource
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
      """;

  private final FixedMetrics metrics = new FixedMetrics();
  private final ControlPlane plane =
      new ControlPlane(types -> List.of(new AutoscalerController(metrics, types)));

  private KubeObject scaler() {
    return plane.get(Resources.HORIZONTAL_POD_AUTOSCALERS, "h").orElseThrow();
  }

  private String reason(String condition) {
    return Condition.find(scaler().status(), condition).orElseThrow().reason();
  }

  private void runPod() {
    plane.create(Resources.PODS, POD);
    plane.status(
        Resources.PODS,
        "p",
        "{phase: Running, startTime: '2025-12-31T00:00:00Z', conditions: [{type: Ready, status:"
            + " 'True', lastTransitionTime: '2025-12-31T00:00:00Z'}]}");
  }

  @Test
  void scalesItsTargetThroughTheScaleOfIt() {
    plane.create(Resources.DEPLOYMENTS, WEB.formatted(1));
    runPod();
    metrics.cpu("p", 150, plane.now());
    plane.create(Resources.HORIZONTAL_POD_AUTOSCALERS, SCALER.formatted("Deployment"));
    KubeObject web = plane.get(Resources.DEPLOYMENTS, "web").orElseThrow();
    assertThat(web.spec().number(0, "replicas")).isEqualTo(3);
    assertThat(scaler().status().number(0, "desiredReplicas")).isEqualTo(3);
    assertThat(plane.list(Resources.EVENTS))
        .extracting(event -> event.tree().text("message"))
        .contains(
            "New size: 3; reason: cpu resource utilization (percentage of request) above target");
  }

  @Test
  void looksAtTheMetricsEveryFifteenSeconds() {
    plane.create(Resources.REPLICA_SETS, WEB.formatted(1));
    runPod();
    metrics.cpu("p", 50, plane.now());
    plane.create(Resources.HORIZONTAL_POD_AUTOSCALERS, SCALER.formatted("ReplicaSet"));
    assertThat(reason("AbleToScale")).isEqualTo("ReadyForNewScale");
    metrics.cpu("p", 100, plane.now());
    plane.advance(Duration.ofSeconds(14));
    assertThat(scaler().status().number(0, "desiredReplicas")).isEqualTo(1);
    plane.advance(Duration.ofSeconds(1));
    assertThat(scaler().status().number(0, "desiredReplicas")).isEqualTo(2);
    assertThat(scaler().status().text("lastScaleTime")).isEqualTo("2026-01-01T00:00:15Z");
  }

  @Test
  void saysThatItsTargetIsNotThere() {
    plane.create(Resources.HORIZONTAL_POD_AUTOSCALERS, SCALER.formatted("Deployment"));
    assertThat(reason("AbleToScale")).isEqualTo("FailedGetScale");
    assertThat(
            Condition.find(scaler().status(), "AbleToScale").orElseThrow().tree().text("message"))
        .isEqualTo(
            "the HPA controller was unable to get the target's current scale: deployments.apps"
                + " \"web\" not found");
  }
}
