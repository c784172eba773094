package io.kuber.admission.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Superusers;
import io.kuber.access.User;
import io.kuber.api.Admission.Context;
import io.kuber.api.Admission.Request;
import io.kuber.api.ApiException;
import io.kuber.api.AuditNotes;
import io.kuber.api.Failures;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What policies that refuse make of writes, in the words of Kubernetes. */
final class ValidatingPolicyTest {
  private static final String CONFIG_MAPS =
      "matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations:"
          + " [CREATE, UPDATE], resources: [configmaps]}]}";
  private static final String DENY = "validationActions: [Deny]";

  private final ControlPlane plane = new ControlPlane();

  /**
   * A row.
   *
   * @param policy fields of its spec beside the match
   * @param binding fields of its spec beside the policy's name
   * @param said what the refusal ends with; empty where there is none
   */
  private record Row(String policy, String binding, String said) {}

  private static Row row(String validation, String said) {
    return new Row("validations: [{" + validation + "}]", DENY, said);
  }

  static Stream<Row> rows() {
    String params = "paramKind: {apiVersion: v1, kind: ConfigMap}, validations: [{expression: %s}]";
    return Stream.of(
        row("expression: 'object.data.a == \"1\"'", ""),
        row("expression: 'object.data.a == \"2\"'", "failed expression: object.data.a == \"2\""),
        row("expression: 'false', message: ' no ', reason: Forbidden", "no"),
        row(
            "expression: 'false', message: m, messageExpression: \"'not ' + object.metadata.name\"",
            "not c"),
        row("expression: 'false', message: m, messageExpression: 'object.data.b'", "m"),
        row(
            "expression: 'object.data.b == \"2\"'",
            "expression 'object.data.b == \"2\"' resulted in error: no such key: b"),
        row("expression: 'request.operation == \"CREATE\" && oldObject == null'", ""),
        row("expression: 'request.userInfo.username == \"tester\"'", ""),
        row("expression: 'namespaceObject.metadata.name == \"default\"'", ""),
        row(
            "expression: 'has(namespaceObject.metadata.managedFields)'",
            "failed expression: has(namespaceObject.metadata.managedFields)"),
        row(
            "expression:"
                + " \"authorizer.group('').resource('pods').namespace('a').check('create').allowed()\"",
            ""),
        row(
            "expression:"
                + " \"authorizer.serviceAccount('default','b').group('').resource('pods').check('get').allowed()\"",
            "failed expression:"
                + " authorizer.serviceAccount('default','b').group('').resource('pods').check('get').allowed()"),
        row("expression: \"authorizer.requestResource.check('delete').allowed()\"", ""),
        row(
            "expression: \"authorizer.path('/healthz').check('get').errored()\"",
            "failed expression: authorizer.path('/healthz').check('get').errored()"),
        new Row(
            "variables: [{name: a, expression: 'object.data.a'}, {name: b, expression:"
                + " \"variables.a + '!'\"}], validations: [{expression: \"variables.b == '1!'\"},"
                + " {expression: \"variables.a == '9'\", messageExpression: \"'a is ' +"
                + " variables.a\"}]",
            DENY,
            "a is 1"),
        new Row(
            "variables: [{name: a, expression: 'object.data.none'}], validations: [{expression:"
                + " \"variables.a == '1'\"}]",
            DENY,
            "expression 'variables.a == '1'' resulted in error: composited variable \"a\" fails to"
                + " evaluate: no such key: none"),
        new Row("validations: [{expression: 'false'}]", "validationActions: [Audit]", ""),
        new Row(
            "failurePolicy: Ignore, validations: [{expression: 'object.data.b == \"2\"'}]",
            DENY,
            ""),
        new Row(
            "matchConditions: [{name: a, expression: 'object.metadata.name != \"c\"'}],"
                + " validations: [{expression: 'false'}]",
            DENY,
            ""),
        new Row(
            "matchConditions: [{name: a, expression: 'object.none'}], validations: [{expression:"
                + " 'true'}]",
            DENY,
            "expression 'object.none' resulted in error: no such key: none"),
        new Row(
            "validations: [{expression: 'false'}]",
            DENY + ", matchResources: {namespaceSelector: {matchLabels: {none: here}}}",
            ""),
        new Row(
            "validations: [{expression: 'false'}]",
            DENY
                + ", matchResources: {excludeResourceRules: [{apiGroups: [''], apiVersions: [v1],"
                + " operations: ['*'], resources: [configmaps], resourceNames: [c]}]}",
            ""),
        new Row(
            "validations: [{expression: 'false', message: m}]",
            DENY
                + ", matchResources: {resourceRules: [{apiGroups: [''], apiVersions: [v1],"
                + " operations: ['*'], resources: [configmaps], resourceNames: [c]}]}",
            "m"),
        new Row(
            params.formatted("'object.data.a == params.data.wanted'"),
            DENY + ", paramRef: {name: p, parameterNotFoundAction: Deny}",
            "failed expression: object.data.a == params.data.wanted"),
        new Row(
            params.formatted("'object.data.a == params.data.wanted'"),
            DENY
                + ", paramRef: {selector: {matchLabels: {is: param}}, parameterNotFoundAction:"
                + " Deny}",
            "failed expression: object.data.a == params.data.wanted"),
        new Row(
            params.formatted("'false'"),
            DENY + ", paramRef: {name: none, parameterNotFoundAction: Allow}",
            ""),
        new Row(
            params.formatted("'true'"),
            DENY + ", paramRef: {name: none, parameterNotFoundAction: Deny}",
            "failed to configure binding: no params found for policy binding with `Deny`"
                + " parameterNotFoundAction"),
        new Row(params.formatted("'params == null'"), DENY, ""),
        new Row(
            "paramKind: {apiVersion: v1, kind: Node}, validations: [{expression: 'true'}]",
            DENY + ", paramRef: {name: p, namespace: default, parameterNotFoundAction: Deny}",
            "failed to configure binding: paramRef.namespace must not be provided for a"
                + " cluster-scoped `paramKind`"),
        new Row(
            "validations: [{expression: '[1,2,3,4,5,6,7,8,9,10].all(a,"
                + " [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c,"
                + " [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e,"
                + " [1,2,3,4,5,6,7,8,9,10].all(f, a + b + c + d + e + f > 0))))))'}]",
            DENY,
            "operation cancelled: actual cost limit exceeded"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void judgesWrites(Row row) {
    plane.create(
        Resources.CONFIG_MAPS,
        "{metadata: {name: p, labels: {is: param}}, data: {wanted: '3', a: '1'}}");
    policy(row.policy(), row.binding());
    String object = "{metadata: {name: c}, data: {a: '1'}}";
    if (row.said().isEmpty()) {
      plane.create(Resources.CONFIG_MAPS, object);
    } else {
      assertThatThrownBy(() -> plane.create(Resources.CONFIG_MAPS, object))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(ApiException.class)
          .hasMessageStartingWith(
              "configmaps \"c\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied"
                  + " request: ")
          .hasMessageEndingWith(row.said());
    }
  }

  private void policy(String fields, String binding) {
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICIES,
        "{metadata: {name: p}, spec: {%s, %s}}".formatted(CONFIG_MAPS, fields));
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICY_BINDINGS,
        "{metadata: {name: b}, spec: {policyName: p, %s}}".formatted(binding));
  }

  @Test
  void refusesWithTheReasonOfThePolicy() {
    policy(
        "validations: [{expression: 'object.data.a != \"1\"', reason: Forbidden}, {expression:"
            + " 'object.data.a != \"2\"'}]",
        DENY);
    assertThat(code("1")).isEqualTo(403);
    assertThat(code("2")).isEqualTo(422);
  }

  private int code(String value) {
    try {
      plane.create(
          Resources.CONFIG_MAPS, "{metadata: {name: c}, data: {a: '%s'}}".formatted(value));
      return 201;
    } catch (CompletionException refused) {
      return Failures.of(refused).code();
    }
  }

  @Test
  void warnsWhereTheBindingSaysSo() {
    policy("validations: [{expression: 'false', message: m}]", "validationActions: [Warn, Audit]");
    List<String> warnings = new ArrayList<>();
    new AdmissionPolicies(new Superusers()).validating().admit(request(warnings));
    assertThat(warnings)
        .containsExactly("Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': m");
  }

  @Test
  void tellsAnAuditLogWhatABindingAndThePolicyWant() {
    policy(
        "validations: [{expression: 'true'}, {expression: 'false', message: m}], auditAnnotations:"
            + " [{key: who, valueExpression: 'request.userInfo.username'}, {key: none,"
            + " valueExpression: 'null'}]",
        "validationActions: [Audit]");
    Map<String, String> told = new TreeMap<>();
    AuditNotes notes =
        new AuditNotes() {
          @Override
          public void note(String key, String value) {
            told.put(key, value);
          }
        };
    Request plain = request(new ArrayList<>());
    Context context =
        new Context(Resources.CONFIG_MAPS, Tree.EMPTY, false, Tree.EMPTY, warning -> {}, notes);
    new AdmissionPolicies(new Superusers())
        .validating()
        .admit(
            new Request(
                plain.verb(),
                plain.kind(),
                "",
                plain.object(),
                null,
                plain.user(),
                plain.image(),
                context));
    assertThat(told)
        .containsExactly(
            Map.entry("p/who", "tester"),
            Map.entry(
                "validation.policy.admission.k8s.io/validation_failure",
                "[{\"message\":\"m\",\"policy\":\"p\",\"binding\":\"b\",\"expressionIndex\":1,"
                    + "\"validationActions\":[\"Audit\"]}]"));
  }

  private Request request(List<String> warnings) {
    return new Request(
        Verb.CREATE,
        BuiltInKinds.catalogue().find(Resources.CONFIG_MAPS.qualifiedName()).orElseThrow(),
        "",
        KubeObject.of("v1", "ConfigMap", "default", "c"),
        null,
        User.system("tester"),
        plane.image(),
        new Context(Resources.CONFIG_MAPS, Tree.EMPTY, false, Tree.EMPTY, warnings::add));
  }

  @Test
  void refusesPoliciesThatCannotBeCompiled() {
    assertThatThrownBy(
            () ->
                policy(
                    "variables: [{name: a, expression: 'variables.b'}], matchConditions: [{name: m,"
                        + " expression: 'x'}], validations: [{expression: '1 +', messageExpression:"
                        + " '1'}, {expression: '1'}, {expression: 'params.a'}]",
                    DENY))
        .hasStackTraceContaining("spec.variables[0].expression: Invalid value: \"variables.b\"")
        .hasStackTraceContaining("spec.matchConditions[0].expression: Invalid value: \"x\"")
        .hasStackTraceContaining(
            "spec.validations[0].expression: Invalid value: \"1 +\": compilation failed: ERROR")
        .hasStackTraceContaining(
            "spec.validations[0].messageExpression: Invalid value: \"1\": must evaluate to string")
        .hasStackTraceContaining(
            "spec.validations[1].expression: Invalid value: \"1\": must evaluate to bool")
        .hasStackTraceContaining("spec.validations[2].expression: Invalid value: \"params.a\"");
  }

  @Test
  void leavesPoliciesAloneSoThatBadOnesCanBeMended() {
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICIES,
        "{metadata: {name: p}, spec: {matchConstraints: {resourceRules: [{apiGroups: ['*'],"
            + " apiVersions: ['*'], operations: ['*'], resources: ['*/*']}]}, validations:"
            + " [{expression: 'false'}]}}");
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICY_BINDINGS,
        "{metadata: {name: b}, spec: {policyName: p, validationActions: [Deny]}}");
    assertThat(code("1")).isEqualTo(422);
    KubeObject binding =
        plane.get(Resources.VALIDATING_ADMISSION_POLICY_BINDINGS, "b").orElseThrow();
    plane.delete(Resources.VALIDATING_ADMISSION_POLICY_BINDINGS, binding, "Background");
    assertThat(code("1")).isEqualTo(201);
  }
}
