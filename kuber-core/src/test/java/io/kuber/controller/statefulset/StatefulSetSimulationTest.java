package io.kuber.controller.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.controller.storageprotection.ClaimProtectionController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A StatefulSet keeps its order and its ordinals, whatever goes wrong. */
final class StatefulSetSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(3);

  private static final String DB =
      """
      metadata: {name: db}
      spec:
        replicas: 3
        serviceName: db
        podManagementPolicy: %s
        selector: {matchLabels: {app: db}}
        persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Delete}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: c, image: v0}]}
        volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
      """;

  private static Simulation cluster(long seed, String policy) {
    Simulation cluster =
        Simulation.of(seed)
            .running(
                StatefulSetController::new,
                ClaimProtectionController::new,
                () -> new GarbageController(Simulation::types))
            .nodes(3);
    cluster.create(Resources.STATEFUL_SETS, DB.formatted(policy));
    return cluster;
  }

  private static void scale(Simulation cluster) {
    change(cluster, "replicas: " + cluster.below(5));
  }

  private static void update(Simulation cluster) {
    int version = cluster.below(4);
    change(cluster, "template: {spec: {containers: [{name: c, image: v%d}]}}".formatted(version));
  }

  private static void kill(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.PODS))
        .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1));
  }

  private static void partition(Simulation cluster) {
    change(
        cluster,
        "updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: %d}}"
            .formatted(cluster.below(4)));
  }

  private static void change(Simulation cluster, String spec) {
    cluster.merge(Resources.STATEFUL_SETS, "db", "spec: {%s}".formatted(spec));
  }

  private static void loseNode(Simulation cluster) {
    if (cluster.runningNodes().size() > 1) {
      cluster
          .any(cluster.runningNodes())
          .ifPresent(node -> cluster.vanish(node, Duration.ofSeconds(5)));
    }
  }

  private static List<Consumer<Simulation>> allDeeds() {
    return List.of(
        StatefulSetSimulationTest::scale,
        StatefulSetSimulationTest::update,
        StatefulSetSimulationTest::kill,
        StatefulSetSimulationTest::partition,
        StatefulSetSimulationTest::loseNode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OrderedReady", "Parallel"})
  void comesToWhatIsAskedFor(String policy) {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, policy).pods(Lots.TROUBLED, Lots.CALM);
          cluster.during(TROUBLE, 8, allDeeds());
          change(cluster, "updateStrategy: {rollingUpdate: {partition: 0}}");
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void check(Simulation cluster) {
    KubeObject db = cluster.find(Resources.STATEFUL_SETS, "db").orElseThrow();
    int wanted = (int) db.spec().number(-1, "replicas");
    assertThat(cluster.list(Resources.PODS))
        .extracting(KubeObject::name)
        .containsExactlyElementsOf(IntStream.range(0, wanted).mapToObj(i -> "db-" + i).toList());
    assertThat(cluster.list(Resources.PODS))
        .allMatch(pod -> image(pod).equals(image(db.spec().tree("template"))));
    assertThat(db.status().text("currentRevision")).isEqualTo(db.status().text("updateRevision"));
    assertThat(db.status().number(0, "availableReplicas")).isEqualTo(wanted);
    assertThat(cluster.list(Resources.CONTROLLER_REVISIONS))
        .extracting(revision -> revision.tree().number(0, "revision"))
        .doesNotHaveDuplicates();
  }

  private static String image(KubeObject pod) {
    return image(pod.tree());
  }

  private static String image(Tree pod) {
    return pod.items("spec", "containers").tree(0).text("image");
  }

  @ParameterizedTest
  @CsvSource({"OrderedReady", "Parallel"})
  void neverTakesTwoPodsAtOnceForAnUpdate(String policy) {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, policy).pods(Lots.CALM, Lots.CALM);
          cluster.rest(Duration.ofMinutes(1));
          cluster.always("one at a time", StatefulSetSimulationTest::oneAtATime);
          cluster.during(TROUBLE, 4, List.of(StatefulSetSimulationTest::update));
          cluster.rest(REST);
        });
  }

  /** Nobody but the controller deletes, and pods stay ready: all else is its doing. */
  private static void oneAtATime(Step step) {
    if (step.byController() && step.isOf(Resources.PODS) && step.deletes()) {
      assertThat(step.all(Resources.PODS).stream().filter(StatefulSetSimulationTest::serves))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private static boolean serves(KubeObject pod) {
    return Pods.isReady(pod) && !pod.isBeingDeleted();
  }

  @ParameterizedTest
  @ValueSource(strings = "OrderedReady")
  void createsPodOnlyWhenAllOfLowerOrdinalsAreThere(String policy) {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, policy).pods(Lots.TROUBLED, Lots.CALM);
          cluster.always("in order", StatefulSetSimulationTest::inOrder);
          cluster.during(TROUBLE, 4, List.of(StatefulSetSimulationTest::scale));
          cluster.rest(REST);
        });
  }

  private static void inOrder(Step step) {
    if (step.byController() && step.isOf(Resources.PODS) && step.delta().before() == null) {
      String name = step.delta().key().name();
      int ordinal = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
      assertThat(step.all(Resources.PODS).stream().limit(ordinal))
          .extracting(KubeObject::name)
          .containsExactlyElementsOf(IntStream.range(0, ordinal).mapToObj(i -> "db-" + i).toList());
    }
  }
}
