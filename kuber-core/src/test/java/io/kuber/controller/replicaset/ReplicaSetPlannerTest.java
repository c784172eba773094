package io.kuber.controller.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplicaSetPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static KubeObject replicaSet(int replicas) {
    return yaml(
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web, namespace: default, uid: u, generation: 3}
        spec:
          replicas: %d
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c}]}}
        """
            .formatted(replicas));
  }

  private static KubeObject pod(String name, boolean ready, String node) {
    return yaml(
        """
        metadata:
          {name: %1$s, namespace: default, uid: %1$s, labels: {app: web},
           creationTimestamp: '2026-01-01T00:00:00Z'}
        spec: {nodeName: '%3$s'}
        status:
          phase: Running
          conditions: [{type: Ready, status: '%2$s', lastTransitionTime: '2026-01-01T00:30:00Z'}]
        """
            .formatted(name, ready ? "True" : "False", node));
  }

  private static List<KubeObject> pods(int count) {
    List<KubeObject> pods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pods.add(pod("p" + i, true, "n" + i));
    }
    return pods;
  }

  private static Plan plan(KubeObject replicaSet, List<KubeObject> pods) {
    return ReplicaSetPlanner.plan(
        Resources.REPLICA_SETS, replicaSet, new Members(pods, pods, 0), NOW);
  }

  private static long count(Plan plan, Class<? extends Action> kind) {
    return plan.actions().stream()
        .map(action -> action instanceof Action.Announced a ? a.action() : action)
        .filter(kind::isInstance)
        .count();
  }

  @ParameterizedTest(name = "{1} pods of {0} wanted: {2} created, {3} deleted")
  @CsvSource({"3,0,3,0", "3,3,0,0", "3,5,0,2", "0,2,0,2", "600,0,500,0", "1,700,0,500"})
  void createsWhatIsMissingAndDeletesWhatIsTooMuch(
      int wanted, int present, int created, int deleted) {
    Plan plan = plan(replicaSet(wanted), pods(present));
    assertThat(count(plan, Action.Create.class)).isEqualTo(created);
    assertThat(count(plan, Action.Delete.class)).isEqualTo(deleted);
  }

  @Test
  void createsInBatchesThatDouble() {
    Plan plan = plan(replicaSet(10), List.of());
    assertThat(plan.steps()).extracting(List::size).startsWith(1, 2, 4, 3);
  }

  @Test
  void createsNothingWhileItIsBeingDeleted() {
    KubeObject doomed = replicaSet(3).with("2026-01-01T00:59:00Z", "metadata", "deletionTimestamp");
    assertThat(count(plan(doomed, List.of()), Action.Create.class)).isZero();
  }

  @Test
  void countsPodsInItsStatus() {
    List<KubeObject> pods = new ArrayList<>(pods(2));
    pods.add(pod("p9", false, "n9"));
    Plan plan = plan(replicaSet(3), pods);
    assertThat(plan.actions()).hasSize(1);
    Tree status = ((Action.UpdateSubresource) plan.actions().get(0)).object().status();
    assertThat(status)
        .isEqualTo(
            Tree.of(
                "replicas", 3L,
                "fullyLabeledReplicas", 3L,
                "readyReplicas", 2L,
                "availableReplicas", 2L,
                "observedGeneration", 3L,
                "terminatingReplicas", 0L));
  }

  @Test
  void looksAgainWhenReadyPodBecomesAvailable() {
    KubeObject patient = replicaSet(1).with(1860L, "spec", "minReadySeconds");
    Plan plan = plan(patient, pods(1));
    assertThat(plan.again()).contains(Duration.ofMinutes(1));
  }

  @Test
  void saysWhyPodsCannotBeCreated() {
    ApiException failure = new ApiException(StatusReason.FORBIDDEN, "exceeded quota");
    List<Action> report = plan(replicaSet(1), List.of()).onFailure().apply(failure);
    Tree status = ((Action.UpdateSubresource) report.get(0)).object().status();
    Condition condition = Condition.find(status, "ReplicaFailure").orElseThrow();
    assertThat(condition.reason()).isEqualTo("FailedCreate");
    assertThat(condition.tree().text("message")).isEqualTo("exceeded quota");
  }

  @Test
  void deletesFirstWhatIsLeastMissed() {
    KubeObject unassigned = pod("unassigned", false, "");
    KubeObject unready = pod("unready", false, "a");
    KubeObject crowded = pod("crowded", true, "b");
    KubeObject alone = pod("alone", true, "c");
    KubeObject cheap =
        pod("cheap", true, "d")
            .with("-5", "metadata", "annotations", "controller.kubernetes.io/pod-deletion-cost");
    List<KubeObject> pods = List.of(alone, crowded, cheap, unready, unassigned);
    List<KubeObject> related = new ArrayList<>(pods);
    related.add(pod("sibling", true, "b"));
    assertThat(PodRanking.firstToGo(pods, related, 4, NOW))
        .containsExactly(unassigned, unready, cheap, crowded);
  }

  @Test
  void countsPodsOnTheirWayOut() {
    Plan plan =
        ReplicaSetPlanner.plan(
            Resources.REPLICA_SETS, replicaSet(2), new Members(pods(2), pods(2), 3), NOW);
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.UpdateSubresource.class,
            update ->
                assertThat(update.object().status().number(-1, "terminatingReplicas"))
                    .isEqualTo(3));
  }
}
