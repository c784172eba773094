package io.kuber.controller.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kinds of replicators keep their number, whatever goes wrong. */
final class ReplicaSetSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(3);

  private static ResourceType type(String plural) {
    return plural.equals("replicasets")
        ? Resources.REPLICA_SETS
        : Resources.REPLICATION_CONTROLLERS;
  }

  private static String web(ResourceType type) {
    String selector =
        type.equals(Resources.REPLICA_SETS) ? "{matchLabels: {app: web}}" : "{app: web}";
    return """
        metadata: {name: web}
        spec:
          replicas: 3
          selector: %s
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: i}]}
        """
        .formatted(selector);
  }

  private static Simulation cluster(long seed) {
    return Simulation.of(seed)
        .running(
            ReplicaSetController::ofReplicaSets, ReplicaSetController::ofReplicationControllers)
        .nodes(3);
  }

  private static List<Consumer<Simulation>> deeds(ResourceType type) {
    return List.of(
        cluster -> cluster.merge(type, "web", "spec: {replicas: %d}".formatted(cluster.below(6))),
        cluster ->
            cluster
                .any(cluster.list(Resources.PODS))
                .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1)),
        cluster ->
            cluster
                .any(cluster.list(Resources.PODS))
                .ifPresent(
                    pod ->
                        cluster.merge(
                            Resources.PODS, pod.name(), "metadata: {labels: {app: apart}}")),
        cluster -> cluster.any(cluster.runningNodes()).ifPresent(node -> leave(cluster, node)));
  }

  private static void leave(Simulation cluster, String node) {
    if (cluster.runningNodes().size() > 1) {
      cluster.vanish(node, Duration.ofSeconds(5));
    }
  }

  private static List<KubeObject> owned(List<KubeObject> pods) {
    return pods.stream().filter(pod -> pod.controller().isPresent() && Pods.isActive(pod)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicasets", "replicationcontrollers"})
  void comesToTheNumberAskedFor(String plural) {
    ResourceType type = type(plural);
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed).pods(Lots.TROUBLED, Lots.CALM);
          cluster.create(type, web(type));
          cluster.during(TROUBLE, 8, deeds(type));
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster, type));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void check(Simulation cluster, ResourceType type) {
    KubeObject web = cluster.find(type, "web").orElseThrow();
    long wanted = web.spec().number(-1, "replicas");
    assertThat(owned(cluster.list(Resources.PODS))).hasSize((int) wanted);
    assertThat(web.status().number(0, "replicas")).isEqualTo(wanted);
    assertThat(web.status().number(0, "availableReplicas")).isEqualTo(wanted);
    assertThat(web.status().number(0, "observedGeneration")).isEqualTo(web.generation());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicasets", "replicationcontrollers"})
  void neverHasMorePodsThanAskedFor(String plural) {
    ResourceType type = type(plural);
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed).pods(Lots.TROUBLED, Lots.CALM);
          long[] most = {0};
          cluster.always("no pod too many", step -> noPodTooMany(type, step, most));
          cluster.create(type, web(type));
          cluster.during(TROUBLE, 8, deeds(type));
          cluster.rest(REST);
        });
  }

  /** A person may ask for fewer than there are; only the controller must not make more. */
  private static void noPodTooMany(ResourceType type, Step step, long[] most) {
    if (step.isOf(type)) {
      most[0] = Math.max(most[0], step.delta().after().object().spec().number(-1, "replicas"));
    } else if (step.byController() && step.isOf(Resources.PODS) && step.delta().before() == null) {
      assertThat(owned(step.all(Resources.PODS)).size()).isLessThanOrEqualTo((int) most[0]);
    }
  }
}
