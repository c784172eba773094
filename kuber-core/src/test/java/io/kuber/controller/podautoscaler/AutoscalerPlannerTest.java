package io.kuber.controller.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.view.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AutoscalerPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
  private static final String CPU =
      "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}";

  private final List<KubeObject> pods = new ArrayList<>();
  private final FixedMetrics metrics = new FixedMetrics();
  private History history = History.NONE;
  private Instant now = NOW;

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static KubeObject scaler(String metric, String more) {
    return yaml(
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h, namespace:"
            + " default}, spec: {minReplicas: 1, maxReplicas: 10, metrics: [%s], %s}}"
                .formatted(metric, more));
  }

  private static Target target(long replicas) {
    return new Target(
        Resources.DEPLOYMENTS,
        Resources.DEPLOYMENTS.object("default", "web"),
        replicas,
        replicas,
        Optional.of(LabelSelector.EVERYTHING));
  }

  /** A pod that asks for 100m and has run for half an hour. */
  private void pod(String phase, boolean ready) {
    String name = "p" + pods.size();
    pods.add(
        yaml(
            """
            metadata: {name: %s, namespace: default}
            spec: {containers: [{name: c, resources: {requests: {cpu: 100m}}}]}
            status:
              phase: %s
              startTime: '2026-01-01T00:30:00Z'
              conditions: [{type: Ready, status: '%s', lastTransitionTime: '2026-01-01T00:%s:00Z'}]
            """
                .formatted(name, phase, ready ? "True" : "False", ready ? "31" : "30")));
  }

  /** Running pods that use so much each; a negative one is not measured. */
  private void using(long... milli) {
    for (long each : milli) {
      pod("Running", true);
      if (each >= 0) {
        metrics.cpu("p" + (pods.size() - 1), each, NOW);
      }
    }
  }

  private Plan plan(KubeObject scaler, long replicas) {
    AutoscalerPlanner planner = new AutoscalerPlanner(scaler, history, now);
    Plan plan = planner.plan(target(replicas), pods, List.of("default/h"), metrics);
    history = planner.history();
    return plan;
  }

  private static Stream<Action> actions(Plan plan) {
    return plan.actions().stream()
        .map(action -> action instanceof Action.Announced told ? told.action() : action);
  }

  private static OptionalLong scaledTo(Plan plan) {
    return actions(plan)
        .filter(Action.Patch.class::isInstance)
        .mapToLong(action -> ((Tree) ((Action.Patch) action).patch()).number(0, "spec", "replicas"))
        .findFirst();
  }

  private static Tree status(Plan plan) {
    return actions(plan)
        .filter(Action.UpdateSubresource.class::isInstance)
        .map(action -> ((Action.UpdateSubresource) action).object().status())
        .findFirst()
        .orElseThrow();
  }

  private static String reason(Plan plan, String condition) {
    return Condition.find(status(plan), condition)
        .map(found -> found.status() + " " + found.reason())
        .orElse("");
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "100,100       | 2 | 4",
        "50,50         | 2 | 2",
        "54,54         | 2 | 2",
        "56,56         | 2 | 3",
        "300,300       | 2 | 6",
        "100,-1        | 2 | 2",
        "150,-1        | 2 | 3",
        "10,-1         | 2 | 2",
        "10,10,-1,-1   | 4 | 4",
        "10,10,10,-1   | 4 | 3"
      })
  void followsUtilization(String used, int replicas, long wanted) {
    using(Stream.of(used.split(",")).mapToLong(Long::parseLong).toArray());
    history =
        new History(
            List.of(new History.Entry(NOW.minusSeconds(999), 1)), List.of(), Optional.empty());
    KubeObject scaler = scaler(CPU, "behavior: {scaleDown: {stabilizationWindowSeconds: 0}}");
    Plan plan = plan(scaler, replicas);
    assertThat(scaledTo(plan))
        .isEqualTo(wanted == replicas ? OptionalLong.empty() : OptionalLong.of(wanted));
    assertThat(status(plan).number(0, "desiredReplicas")).isEqualTo(wanted);
  }

  @Test
  void tellsWhatItSaw() {
    using(100, 60);
    Plan plan = plan(scaler(CPU, ""), 2);
    assertThat(status(plan).items("currentMetrics").tree(0))
        .isEqualTo(
            yaml("{type: Resource, resource: {name: cpu, current: {averageUtilization: 80,"
                    + " averageValue: 80m}}}")
                .tree());
    assertThat(reason(plan, "ScalingActive")).isEqualTo("True ValidMetricFound");
    assertThat(reason(plan, "AbleToScale")).isEqualTo("True SucceededRescale");
    assertThat(reason(plan, "ScalingLimited")).isEqualTo("False DesiredWithinRange");
    assertThat(
            ((Action.Announced) plan.actions().get(0))
                .announcement()
                .done()
                .orElseThrow()
                .message())
        .isEqualTo(
            "New size: 4; reason: cpu resource utilization (percentage of request) above target");
  }

  @ParameterizedTest(name = "{0} replicas: {1} {2}")
  @CsvSource({"0,'',False ScalingDisabled", "11,10,''", "12,10,''"})
  void keepsWithinItsBounds(long replicas, String wanted, String active) {
    using(50);
    Plan plan = plan(scaler(CPU, ""), replicas);
    assertThat(scaledTo(plan))
        .isEqualTo(
            wanted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(wanted)));
    assertThat(reason(plan, "ScalingActive")).isEqualTo(active);
  }

  @Test
  void comesUpToItsLeastWithoutAnyMetric() {
    KubeObject scaler = scaler(CPU, "").with(2L, "spec", "minReplicas");
    assertThat(scaledTo(plan(scaler, 1))).hasValue(2);
  }

  @Test
  void saysThatThereAreNoMetrics() {
    pod("Running", true);
    AutoscalerPlanner planner = new AutoscalerPlanner(scaler(CPU, ""), History.NONE, NOW);
    Plan plan = planner.plan(target(1), pods, List.of("default/h"), Metrics.NONE);
    assertThat(scaledTo(plan)).isEmpty();
    assertThat(Condition.find(status(plan), "ScalingActive").orElseThrow().tree().text("message"))
        .isEqualTo(
            "the HPA was unable to compute the replica count: failed to get cpu utilization: unable"
                + " to get metrics for resource cpu: unable to fetch metrics from resource metrics"
                + " API: the server could not find the requested resource (get"
                + " pods.metrics.k8s.io)");
    assertThat(
            actions(plan).filter(Action.Emit.class::isInstance).map(a -> ((Action.Emit) a).note()))
        .extracting(note -> note.reason() + ": " + note.message())
        .last()
        .asString()
        .startsWith(
            "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is:"
                + " failed to get cpu resource metric value: failed to get cpu utilization: ");
  }

  @Test
  void doesNotTrustPodsThatAreStarting() {
    using(100, 100);
    pod("Pending", false);
    assertThat(scaledTo(plan(scaler(CPU, ""), 3)))
        .as("one third of them use nothing yet")
        .hasValue(4);
  }

  @ParameterizedTest(name = "{0}: {1} replicas")
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 10}}} | 4",
        "{type: Object, object: {metric: {name: rps}, describedObject: {kind: Ingress, name: i}, target: {type: Value, value: 20}}} | 4",
        "{type: Object, object: {metric: {name: rps}, describedObject: {kind: Ingress, name: i}, target: {type: AverageValue, averageValue: 10}}} | 4",
        "{type: External, external: {metric: {name: q}, target: {type: AverageValue, averageValue: 10}}} | 4",
        "{type: External, external: {metric: {name: q}, target: {type: Value, value: 40}}} | 2",
        "{type: ContainerResource, containerResource: {name: cpu, container: c, target: {type: AverageValue, averageValue: 50m}}} | 4"
      })
  void followsMetricsOfAllKinds(String metric, long replicas) {
    using(100, 100);
    metrics.pod("p0", 20).pod("p1", 20).other(40);
    Plan plan = plan(scaler(metric, ""), 2);
    assertThat(status(plan).number(0, "desiredReplicas")).isEqualTo(replicas);
  }

  @Test
  void goesDownOnlyWhenAllKnownMetricsAgreeAndNoneIsMissing() {
    using(1, 1, 1, 1);
    String broken =
        "{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 10}}}";
    Plan plan = plan(scaler(CPU + ", " + broken, ""), 4);
    assertThat(scaledTo(plan)).isEmpty();
    assertThat(reason(plan, "ScalingActive")).isEqualTo("False FailedGetPodsMetric");
  }

  @Test
  void waitsFiveMinutesBeforeItGoesDown() {
    using(1, 1, 1, 1);
    for (int seconds = 0; seconds < 300; seconds += 15) {
      now = NOW.plusSeconds(seconds);
      Plan plan = plan(scaler(CPU, ""), 4);
      assertThat(scaledTo(plan)).isEmpty();
      assertThat(reason(plan, "AbleToScale")).isEqualTo("True ScaleDownStabilized");
    }
    now = NOW.plusSeconds(300);
    assertThat(scaledTo(plan(scaler(CPU, ""), 4))).hasValue(1);
  }

  @Test
  void keepsToThePaceOfItsPolicies() {
    using(900);
    KubeObject scaler =
        scaler(
            CPU,
            "behavior: {scaleUp: {selectPolicy: Min, policies: [{type: Pods, value: 2, periodSeconds:"
                + " 60}, {type: Percent, value: 300, periodSeconds: 60}]}}");
    assertThat(scaledTo(plan(scaler, 1))).hasValue(3);
    now = NOW.plusSeconds(30);
    assertThat(scaledTo(plan(scaler, 3))).as("the period is not over").isEmpty();
    now = NOW.plusSeconds(61);
    assertThat(scaledTo(plan(scaler, 3))).hasValue(5);
  }

  @Test
  void staysWhereItsPolicyForbidsToGo() {
    using(900);
    KubeObject scaler = scaler(CPU, "behavior: {scaleUp: {selectPolicy: Disabled}}");
    Plan plan = plan(scaler, 1);
    assertThat(scaledTo(plan)).isEmpty();
    assertThat(reason(plan, "ScalingLimited")).isEqualTo("True ScaleUpLimit");
  }

  @Test
  void doesNotFightWithOtherAutoscalers() {
    using(100);
    AutoscalerPlanner planner = new AutoscalerPlanner(scaler(CPU, ""), history, now);
    Plan plan = planner.plan(target(1), pods, List.of("default/h", "default/i"), metrics);
    assertThat(scaledTo(plan)).isEmpty();
    assertThat(reason(plan, "ScalingActive")).isEqualTo("False AmbiguousSelector");
  }
}
