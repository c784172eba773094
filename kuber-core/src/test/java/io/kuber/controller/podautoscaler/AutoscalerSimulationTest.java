package io.kuber.controller.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Stored;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A load is spread over as many pods as it takes, and never over too many, whatever goes wrong. */
final class AutoscalerSimulationTest {
  private static final List<ResourceType> TYPES =
      BuiltInKinds.catalogue().kinds().stream().map(Kind::type).toList();

  private static final String WEB =
      """
      metadata: {name: web}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 100m}}}]}
      """;

  private static final String SCALER =
      """
      metadata: {name: h}
      spec:
        minReplicas: 2
        maxReplicas: 10
        scaleTargetRef: {apiVersion: apps/v1, kind: ReplicaSet, name: web}
        metrics:
        - type: Pods
          pods: {metric: {name: load}, target: {type: AverageValue, averageValue: 50}}
      """;

  /** A load that its pods share. */
  private static final class Load implements Metrics {
    private final Simulation cluster;
    private long total = 1000;

    Load(Simulation cluster) {
      this.cluster = cluster;
    }

    @Override
    public Map<String, PodUsage> pods(String namespace, LabelSelector selector) {
      throw new UnavailableException("only pods metrics");
    }

    @Override
    public Map<String, Quantity> ofPods(
        String namespace, String metric, LabelSelector selector, LabelSelector metricSelector) {
      List<KubeObject> ready = cluster.list(Resources.PODS).stream().filter(Pods::isReady).toList();
      Map<String, Quantity> values = new HashMap<>();
      ready.forEach(pod -> values.put(pod.name(), Quantity.of(total / ready.size())));
      return values;
    }

    @Override
    public Quantity ofObject(
        String namespace, String metric, Tree object, LabelSelector metricSelector) {
      throw new UnavailableException("only pods metrics");
    }

    @Override
    public List<Quantity> external(String namespace, String metric, LabelSelector metricSelector) {
      throw new UnavailableException("only pods metrics");
    }
  }

  @Test
  void followsItsLoad() {
    Seeds.each(
        seed -> {
          Simulation cluster = Simulation.of(seed).pods(Lots.TROUBLED, Lots.CALM).nodes(3);
          Load load = new Load(cluster);
          cluster.running(
              ReplicaSetController::ofReplicaSets,
              () -> new AutoscalerController(load, () -> TYPES));
          cluster.always("within bounds", AutoscalerSimulationTest::isWithinBounds);
          cluster.create(Resources.REPLICA_SETS, WEB);
          cluster.create(Resources.HORIZONTAL_POD_AUTOSCALERS, SCALER);
          cluster.during(
              Duration.ofSeconds(40),
              3,
              List.of(
                  all -> load.total = 50L * all.below(20),
                  all -> all.merge(Resources.REPLICA_SETS, "web", "spec: {replicas: 1}"),
                  all -> all.merge(Resources.REPLICA_SETS, "web", "spec: {replicas: 12}")));
          load.total = 300;
          cluster.rest(Duration.ofSeconds(330));
          assertThat(replicas(cluster.find(Resources.REPLICA_SETS, "web").orElseThrow()))
              .isEqualTo(6);
          load.total = 10;
          cluster.rest(Duration.ofSeconds(330));
          assertThat(replicas(cluster.find(Resources.REPLICA_SETS, "web").orElseThrow()))
              .isEqualTo(2);
        });
  }

  private static long replicas(KubeObject web) {
    return web.spec().number(0, "replicas");
  }

  private static void isWithinBounds(Step step) {
    Stored before = step.delta().before();
    if (step.byController() && step.isOf(Resources.REPLICA_SETS) && before != null) {
      long after = replicas(step.delta().after().object());
      assertThat(after == replicas(before.object()) || after >= 2 && after <= 10).isTrue();
    }
  }
}
