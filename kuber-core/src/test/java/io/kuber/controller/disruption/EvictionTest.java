package io.kuber.controller.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.controller.ControlPlane;
import io.kuber.controller.customresource.DefinitionController;
import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The eviction subresource and the controller that says what it may do. */
final class EvictionTest {
  private final ControlPlane cluster =
      new ControlPlane(
          types ->
              List.of(
                  ReplicaSetController.ofReplicaSets(),
                  new DefinitionController(),
                  new DisruptionController(types)));

  @BeforeEach
  void runThreePods() {
    cluster.create(
        Resources.REPLICA_SETS,
        """
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}
        """);
    pods().forEach(pod -> report(pod, true));
  }

  private List<String> pods() {
    return cluster.names(Resources.PODS);
  }

  private void report(String pod, boolean ready) {
    cluster.status(
        Resources.PODS,
        pod,
        "{phase: Running, conditions: [{type: Ready, status: '%s'}]}"
            .formatted(ready ? "True" : "False"));
  }

  private void budget(String spec) {
    cluster.create(
        Resources.POD_DISRUPTION_BUDGETS,
        "{metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}, %s}}".formatted(spec));
  }

  private Tree status() {
    return cluster.get(Resources.POD_DISRUPTION_BUDGETS, "web").orElseThrow().status();
  }

  @ParameterizedTest(name = "{0} allows {1}")
  @CsvSource({
    "minAvailable: 2, 1, 2",
    "minAvailable: 50%, 1, 2",
    "minAvailable: 0, 3, 0",
    "maxUnavailable: 1, 1, 2",
    "maxUnavailable: 50%, 2, 1",
    "maxUnavailable: 0, 0, 3",
  })
  void knowsWhatIsNeeded(String spec, long allowed, long desired) {
    budget(spec);
    assertThat(status().number(-1, "disruptionsAllowed")).isEqualTo(allowed);
    assertThat(status().number(-1, "desiredHealthy")).isEqualTo(desired);
    assertThat(status().number(-1, "expectedPods")).isEqualTo(3);
  }

  private ApiException refusal(String pod) {
    try {
      cluster.evict(pod);
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof ApiException refused) {
        return refused;
      }
      throw failed;
    }
    throw new AssertionError(pod + " was evicted");
  }

  @Test
  void refusesWhatTheBudgetDoesNotAllow() {
    budget("minAvailable: 3");
    ApiException refused = refusal(pods().get(0));
    assertThat(refused.reason()).isEqualTo(StatusReason.TOO_MANY_REQUESTS);
    assertThat(refused)
        .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(refused.details().causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.reason()).isEqualTo("DisruptionBudget");
              assertThat(cause.message())
                  .isEqualTo("The disruption budget web needs 3 healthy pods and has 3 currently");
            });
  }

  @Test
  void spendsTheBudgetAndGetsItBackWithTheNextPod() {
    budget("minAvailable: 2");
    List<String> before = pods();
    cluster.evict(before.get(0));
    assertThat(refusal(before.get(1)).reason()).isEqualTo(StatusReason.TOO_MANY_REQUESTS);
    pods().stream().filter(pod -> !before.contains(pod)).forEach(pod -> report(pod, true));
    cluster.evict(before.get(1));
    assertThat(pods()).doesNotContain(before.get(0), before.get(1)).hasSize(3);
  }

  @Test
  void letsPodGoThatDoesNotServeWhileEnoughOthersDo() {
    budget("minAvailable: 2");
    String broken = pods().get(0);
    report(broken, false);
    assertThat(status().number(-1, "disruptionsAllowed")).isZero();
    cluster.evict(broken);
    assertThat(pods()).doesNotContain(broken);
  }

  @Test
  void keepsBrokenPodsWhileTooFewServeUnlessTheyMayAlwaysGo() {
    budget("minAvailable: 3, unhealthyPodEvictionPolicy: IfHealthyBudget");
    String broken = pods().get(0);
    report(broken, false);
    assertThat(refusal(broken).reason()).isEqualTo(StatusReason.TOO_MANY_REQUESTS);
    KubeObject budget = cluster.get(Resources.POD_DISRUPTION_BUDGETS, "web").orElseThrow();
    cluster.update(
        Resources.POD_DISRUPTION_BUDGETS,
        budget.with("AlwaysAllow", "spec", "unhealthyPodEvictionPolicy"));
    cluster.evict(broken);
    assertThat(pods()).doesNotContain(broken);
  }

  @Test
  void refusesPodWithTwoBudgets() {
    budget("minAvailable: 0");
    cluster.create(
        Resources.POD_DISRUPTION_BUDGETS,
        "{metadata: {name: other}, spec: {selector: {}, minAvailable: 0}}");
    assertThat(refusal(pods().get(0)))
        .hasMessage(
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                + " not support.");
  }

  private void createOwned(String owner) {
    cluster.create(
        Resources.PODS,
        """
        metadata:
          name: lone
          labels: {app: web}
          ownerReferences: [%s]
        spec: {containers: [{name: c, image: i}]}
        """
            .formatted(owner));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "apiVersion: batch/v1, kind: Job | jobs.batch does not implement the scale subresource",
        "apiVersion: apps/v1, kind: ReplicaSet | found no controllers for pod \"lone\"",
        "apiVersion: x.y/v1, kind: Lost | no matches for kind \"Lost\" in version \"x.y/v1\"",
      })
  void allowsNothingForPodsWhoseOwnerHasNoScale(String owner, String why) {
    budget("maxUnavailable: 1");
    createOwned("{%s, name: j, uid: j, controller: true}".formatted(owner));
    assertThat(status().number(-1, "disruptionsAllowed")).isZero();
    Condition allowed = Condition.find(status(), "DisruptionAllowed").orElseThrow();
    assertThat(allowed.reason()).isEqualTo("SyncFailed");
    assertThat(allowed.tree().text("message")).isEqualTo(why);
  }

  @Test
  void asksCustomOwnersForTheirScale() {
    cluster.create(
        Resources.CUSTOM_RESOURCE_DEFINITIONS,
        """
        metadata: {name: fleets.example.com}
        spec:
          group: example.com
          names: {plural: fleets, singular: fleet, kind: Fleet, listKind: FleetList}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            subresources:
              scale: {specReplicasPath: .spec.ships, statusReplicasPath: .status.ships}
        """);
    KubeObject fleet =
        cluster.create(
            new ResourceType(
                "example.com", "v1", "Fleet", "fleets", "fleet", true, List.of(), List.of()),
            "{metadata: {name: f}, spec: {ships: 4}}");
    createOwned(
        "{apiVersion: example.com/v1, kind: Fleet, name: f, uid: %s, controller: true}"
            .formatted(fleet.uid()));
    budget("maxUnavailable: 2");
    assertThat(status().number(-1, "expectedPods")).isEqualTo(3 + 4);
    assertThat(status().number(-1, "desiredHealthy")).isEqualTo(5);
  }
}
