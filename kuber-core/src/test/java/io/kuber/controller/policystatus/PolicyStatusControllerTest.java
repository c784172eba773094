package io.kuber.controller.policystatus;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the status of policies tells of their expressions. */
final class PolicyStatusControllerTest {
  private static final String DEPLOYMENTS =
      "{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}";

  private final ControlPlane plane =
      new ControlPlane(new PolicyStatusController(BuiltInKinds::catalogue));

  private KubeObject policy(String rules, String fields) {
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICIES,
        "{metadata: {name: p}, spec: {matchConstraints: {resourceRules: [%s]}, %s}}"
            .formatted(rules, fields));
    return plane.get(Resources.VALIDATING_ADMISSION_POLICIES, "p").orElseThrow();
  }

  private Tree checked(String rules, String fields) {
    Tree status = policy(rules, fields).status();
    assertThat(status.number(0, "observedGeneration")).isEqualTo(1);
    assertThat(status.has("typeChecking")).isTrue();
    return status.tree("typeChecking");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object.spec.replicas > 1",
        "object.metadata.labels['app'] == 'web' && object.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z')",
        "object.spec.template.spec.containers.all(c, c.image.startsWith('a') && has(c.resources.limits))",
        "oldObject == null || oldObject.spec.replicas <= object.spec.replicas",
        "object.spec.strategy.rollingUpdate.maxSurge == '25%' || request.operation == 'CREATE'",
        "object.spec.template.spec.containers[0].resources.limits['cpu'] == '1'",
        "object.metadata.__namespace__ == 'default' || namespaceObject.metadata.name == 'a'",
        "authorizer.group('apps').resource('deployments').check('get').allowed()"
      })
  void findsNothingWrong(String expression) {
    assertThat(checked(DEPLOYMENTS, "validations: [{expression: \"%s\"}]".formatted(expression)))
        .isEqualTo(Tree.EMPTY);
  }

  @Test
  void warnsOfFieldsThatThereAreNot() {
    Tree checked =
        checked(
            DEPLOYMENTS,
            "validations: [{expression: 'true'}, {expression: 'object.replicas > 1',"
                + " messageExpression: \"object.name + ' is small'\"}]");
    assertThat(checked.items("expressionWarnings").trees())
        .extracting(warning -> warning.text("fieldRef"))
        .containsExactly("spec.validations[1].expression", "spec.validations[1].messageExpression");
    assertThat(checked.items("expressionWarnings").tree(0).text("warning"))
        .isEqualTo(
            """
            apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'
             | object.replicas > 1
             | ......^
            """);
  }

  @Test
  void warnsOfTypesThatDoNotFit() {
    Tree checked =
        checked(DEPLOYMENTS, "validations: [{expression: \"object.spec.replicas > '1'\"}]");
    assertThat(checked.items("expressionWarnings").tree(0).text("warning"))
        .contains("found no matching overload for '_>_' applied to '(int, string)'");
  }

  @Test
  void looksAtEachKindByItself() {
    Tree checked =
        checked(
            DEPLOYMENTS
                + ", {apiGroups: [''], apiVersions: [v1], operations: ['*'], resources: [pods,"
                + " pods/exec]}, {apiGroups: ['*'], apiVersions: [v1], operations: ['*'],"
                + " resources: [services]}",
            "validations: [{expression: 'object.spec.replicas > 1'}]");
    assertThat(checked.items("expressionWarnings").size()).isEqualTo(1);
    assertThat(checked.items("expressionWarnings").tree(0).text("warning"))
        .startsWith("/v1, Kind=Pod: ERROR")
        .doesNotContain("Deployment", "Service");
  }

  @Test
  void knowsVariablesAndParameters() {
    Tree checked =
        checked(
            DEPLOYMENTS,
            "paramKind: {apiVersion: v1, kind: ConfigMap}, variables: [{name: count, expression:"
                + " object.spec.replicas}], validations: [{expression: \"variables.count > 'a'\"},"
                + " {expression: \"params.data['a'] == 'b'\"}, {expression: 'params.spec == 1'}]");
    assertThat(checked.items("expressionWarnings").trees())
        .extracting(warning -> warning.text("fieldRef"))
        .containsExactly("spec.validations[0].expression", "spec.validations[2].expression");
  }

  @Test
  void looksAgainWhenThePolicyChanges() {
    KubeObject policy = policy(DEPLOYMENTS, "validations: [{expression: 'object.none'}]");
    Tree better = ControlPlane.yaml("{a: [{expression: 'object.spec.paused'}]}").tree();
    plane.update(
        Resources.VALIDATING_ADMISSION_POLICIES,
        policy.with(better.items("a"), "spec", "validations"));
    Tree status = plane.get(Resources.VALIDATING_ADMISSION_POLICIES, "p").orElseThrow().status();
    assertThat(status.number(0, "observedGeneration")).isEqualTo(2);
    assertThat(status.tree("typeChecking")).isEqualTo(Tree.EMPTY);
  }
}
