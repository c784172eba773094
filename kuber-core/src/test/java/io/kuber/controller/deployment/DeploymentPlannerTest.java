package io.kuber.controller.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.view.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeploymentPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static KubeObject deployment(int replicas, String more) {
    return yaml(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default, uid: d, generation: 1}
        spec:
          replicas: %d
          progressDeadlineSeconds: 600
          revisionHistoryLimit: 1
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: new}]}}
          %s
        """
            .formatted(replicas, more));
  }

  /** A ReplicaSet of one image; with {@code max} as the Deployment had it when it was sized. */
  private static KubeObject set(
      String name, String image, int revision, int replicas, int available, int max) {
    return yaml(
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata:
          name: %1$s
          namespace: default
          creationTimestamp: '2026-01-01T00:0%3$d:00Z'
          annotations:
            deployment.kubernetes.io/revision: '%3$d'
            deployment.kubernetes.io/desired-replicas: '%6$d'
            deployment.kubernetes.io/max-replicas: '%7$d'
        spec:
          replicas: %4$d
          template:
            metadata: {labels: {app: web, pod-template-hash: x%3$d}}
            spec: {containers: [{name: c, image: %2$s}]}
        status: {replicas: %4$d, availableReplicas: %5$d, readyReplicas: %5$d}
        """
            .formatted(name, image, revision, replicas, available, max * 4 / 5, max));
  }

  private static Plan plan(KubeObject deployment, KubeObject... sets) {
    return new DeploymentPlanner(
            deployment, new Siblings(List.of(sets), set -> List.of(), name -> false), NOW)
        .plan();
  }

  private static Action bare(Action action) {
    return action instanceof Action.Announced announced ? announced.action() : action;
  }

  /** The size that the plan gives a ReplicaSet; empty when it leaves it as it is. */
  private static Optional<Long> sizeOf(Plan plan, String name) {
    return plan.actions().stream()
        .map(DeploymentPlannerTest::bare)
        .filter(Action.Update.class::isInstance)
        .map(action -> ((Action.Update) action).object())
        .filter(set -> set.name().equals(name))
        .map(set -> set.spec().number(-1, "replicas"))
        .findFirst();
  }

  private static Tree statusOf(Plan plan) {
    return plan.actions().stream()
        .filter(Action.UpdateSubresource.class::isInstance)
        .map(action -> ((Action.UpdateSubresource) action).object().status())
        .findFirst()
        .orElse(Tree.EMPTY);
  }

  private static String progressOf(Plan plan) {
    return Condition.find(statusOf(plan), "Progressing").map(Condition::reason).orElse("");
  }

  @Test
  void createsReplicaSetOfItsTemplate() {
    Plan plan = plan(deployment(3, ""));
    Action.Create create = (Action.Create) bare(plan.actions().get(0));
    KubeObject set = create.object();
    assertThat(set.name()).startsWith("web-");
    assertThat(set.spec().number(0, "replicas")).isEqualTo(3);
    String hash = set.labels().get("pod-template-hash");
    assertThat(set.spec().text("selector", "matchLabels", "pod-template-hash")).isEqualTo(hash);
    assertThat(set.annotations())
        .containsEntry("deployment.kubernetes.io/revision", "1")
        .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
        .containsEntry("deployment.kubernetes.io/max-replicas", "4");
    assertThat(progressOf(plan)).isEqualTo("NewReplicaSetCreated");
  }

  @Test
  void countsCollisionWhenTheNameIsTaken() {
    Plan plan =
        new DeploymentPlanner(
                deployment(3, ""), new Siblings(List.of(), set -> List.of(), name -> true), NOW)
            .plan();
    assertThat(statusOf(plan).number(0, "collisionCount")).isEqualTo(1);
    assertThat(plan.actions()).noneMatch(action -> bare(action) instanceof Action.Create);
  }

  @ParameterizedTest(name = "old {0} of which {1} available, new {2} of which {3} -> {4} and {5}")
  @CsvSource({
    // 10 wanted, at most 13, at least 8 available: first the new one grows ...
    "10, 10, 0, 0,   , 3",
    // ... then the old one gives what is above the minimum ...
    "10, 10, 3, 0, 8,  ",
    // ... and no more while the new pods are not available ...
    " 8,  8, 3, 0,  , 5",
    " 8,  8, 5, 0,  ,  ",
    // ... then they replace each other.
    " 8,  8, 5, 5, 3,  ",
    " 3,  3, 5, 5,  , 10",
    // Old pods that do not run well go first, even below the minimum.
    "10,  4, 3, 0, 8,  ",
  })
  void rollsWithinItsBounds(
      int old, int oldAvailable, int fresh, int freshAvailable, Long thenOld, Long thenFresh) {
    Plan plan =
        plan(
            deployment(10, ""),
            set("old", "old", 1, old, oldAvailable, 13)
                .with("10", "metadata", "annotations", Revision.DESIRED),
            set("new", "new", 2, fresh, freshAvailable, 13)
                .with("10", "metadata", "annotations", Revision.DESIRED));
    assertThat(sizeOf(plan, "old")).isEqualTo(Optional.ofNullable(thenOld));
    assertThat(sizeOf(plan, "new")).isEqualTo(Optional.ofNullable(thenFresh));
  }

  @Test
  void scalesInProportionDuringUpdate() {
    // The example of the Kubernetes documentation: 10 to 15 replicas with 8 old and 5 new ones.
    String strategy = "strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}";
    Plan plan =
        plan(
            deployment(15, strategy),
            set("old", "old", 1, 8, 8, 13),
            set("new", "new", 2, 5, 0, 13));
    assertThat(sizeOf(plan, "old")).contains(11L);
    assertThat(sizeOf(plan, "new")).contains(7L);
  }

  @Test
  void recreatesOnlyAfterOldPodsAreGone() {
    KubeObject recreate = deployment(4, "strategy: {type: Recreate}");
    KubeObject old = set("old", "old", 1, 4, 4, 5);
    Plan first = plan(recreate, old);
    assertThat(sizeOf(first, "old")).contains(0L);
    assertThat(first.actions()).noneMatch(action -> bare(action) instanceof Action.Create);
    KubeObject empty = old.with(0L, "spec", "replicas");
    assertThat(plan(recreate, empty).actions())
        .noneMatch(action -> bare(action) instanceof Action.Create);
    assertThat(plan(recreate, empty.with(Tree.EMPTY, "status")).actions())
        .anyMatch(action -> bare(action) instanceof Action.Create);
  }

  @Test
  void doesNotRollWhilePaused() {
    Plan plan = plan(deployment(4, "paused: true"), set("old", "old", 1, 4, 4, 5));
    assertThat(plan.actions()).noneMatch(action -> bare(action) instanceof Action.Create);
    assertThat(progressOf(plan)).isEqualTo("DeploymentPaused");
  }

  @Test
  void givesTemplateThatComesBackTheNewestRevision() {
    Plan plan =
        plan(
            deployment(4, ""),
            set("first", "new", 1, 0, 0, 5).with("4", "metadata", "annotations", Revision.DESIRED),
            set("second", "old", 2, 4, 4, 5)
                .with("4", "metadata", "annotations", Revision.DESIRED));
    KubeObject first =
        plan.actions().stream()
            .map(DeploymentPlannerTest::bare)
            .filter(Action.Update.class::isInstance)
            .map(action -> ((Action.Update) action).object())
            .filter(set -> set.name().equals("first"))
            .findFirst()
            .orElseThrow();
    assertThat(first.annotations())
        .containsEntry("deployment.kubernetes.io/revision", "3")
        .containsEntry("deployment.kubernetes.io/revision-history", "1");
  }

  @Test
  void reportsDeadlineThatHasPassed() {
    KubeObject stuck =
        deployment(4, "")
            .with(
                Yaml.parse(
                    """
                    replicas: 4
                    updatedReplicas: 4
                    observedGeneration: 1
                    conditions:
                    - {type: Progressing, status: 'True', reason: ReplicaSetUpdated,
                       lastUpdateTime: '2026-01-01T00:49:00Z',
                       lastTransitionTime: '2026-01-01T00:00:00Z'}
                    """
                        .getBytes(StandardCharsets.UTF_8)),
                "status");
    Plan plan =
        plan(
            stuck,
            set("new", "new", 1, 4, 0, 5).with("4", "metadata", "annotations", Revision.DESIRED));
    assertThat(progressOf(plan)).isEqualTo("ProgressDeadlineExceeded");
  }

  @Test
  void forgetsRevisionsBeyondTheLimitOnceComplete() {
    KubeObject complete =
        deployment(1, "")
            .with(
                Tree.of(
                    "replicas", 1L,
                    "updatedReplicas", 1L,
                    "availableReplicas", 1L,
                    "observedGeneration", 1L),
                "status");
    Plan plan =
        plan(
            complete,
            set("a", "a", 1, 0, 0, 2),
            set("b", "b", 2, 0, 0, 2),
            set("new", "new", 3, 1, 1, 2).with("1", "metadata", "annotations", Revision.DESIRED));
    assertThat(plan.actions())
        .filteredOn(Action.Delete.class::isInstance)
        .extracting(action -> ((Action.Delete) action).name())
        .containsExactly("a");
  }
}
