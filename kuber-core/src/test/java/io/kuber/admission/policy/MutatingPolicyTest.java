package io.kuber.admission.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What policies that change things make of writes. */
final class MutatingPolicyTest {
  private static final String POD =
      "{metadata: {name: p, labels: {a: '1'}}, spec: {containers: [{name: main, image: i}]}}";

  private final ControlPlane plane = new ControlPlane();

  /** A row: mutations, and the labels and containers that come of them, or what is said. */
  private record Row(String mutations, String labels, String said) {}

  private static String apply(String object) {
    return "mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: \"%s\"}}]"
        .formatted(object);
  }

  private static String patch(String operations) {
    return "mutations: [{patchType: JSONPatch, jsonPatch: {expression: \"%s\"}}]"
        .formatted(operations);
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            apply("Object{metadata: Object.metadata{labels: {'b': 'x' + object.metadata.name}}}"),
            "{a=1, b=xp}",
            ""),
        new Row(
            patch("[JSONPatch{op: 'add', path: '/metadata/labels/b', value: 'y'}]"),
            "{a=1, b=y}",
            ""),
        new Row(
            patch(
                "[JSONPatch{op: 'test', path: '/metadata/labels/a', value: '2'}, JSONPatch{op:"
                    + " 'replace', path: '/metadata/labels/a', value: '3'}]"),
            "{a=1}",
            ""),
        new Row(
            patch(
                "[JSONPatch{op: 'add', path: '/metadata/labels/' +"
                    + " jsonpatch.escapeKey('x.y/z'), value: 'v'}]"),
            "{a=1, x.y/z=v}",
            ""),
        new Row(patch("[JSONPatch{op: 'remove', path: '/metadata/labels/a'}]"), "{}", ""),
        new Row(apply("Object{metadata: Object.metadata{name: 'other'}}"), "{a=1}", ""),
        new Row(
            patch("[JSONPatch{op: 'remove', path: '/spec/none'}]"),
            "",
            "policy 'p' with binding 'b' denied request: JSONPath: "),
        new Row(
            apply("Object{spec: Object.spec{none: 1}}"),
            "",
            "policy 'p' with binding 'b' denied request: error applying patch: failed to convert"
                + " patch object to typed object: .spec.none: field not declared in schema"),
        new Row(
            apply("Object{spec: Object.spec{tolerations: [Object.spec.tolerations{key: 'a'}]}}"),
            "",
            "policy 'p' with binding 'b' denied request: error applying patch: invalid"
                + " ApplyConfiguration: may not mutate atomic arrays, maps or structs:"
                + " .spec.tolerations"),
        new Row(
            "failurePolicy: Ignore, " + patch("[JSONPatch{op: 'remove', path: '/x'}]"),
            "{a=1}",
            ""));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void changesWrites(Row row) {
    policy("p", row.mutations());
    if (row.said().isEmpty()) {
      KubeObject pod = plane.create(Resources.PODS, POD);
      assertThat(pod.labels()).hasToString(row.labels());
      assertThat(pod.name()).isEqualTo("p");
    } else {
      assertThatThrownBy(() -> plane.create(Resources.PODS, POD))
          .cause()
          .hasMessageStartingWith(row.said());
    }
  }

  @Test
  void forbidsByTheCodeWhatIsInvalidByTheReason() {
    policy("p", patch("[JSONPatch{op: 'remove', path: '/spec/none'}]"));
    assertThatThrownBy(() -> plane.create(Resources.PODS, POD))
        .cause()
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(403);
              assertThat(refused.toStatus().text("reason")).isEqualTo("Invalid");
              assertThat(refused.toStatus().number(0, "code")).isEqualTo(403);
            });
  }

  private void policy(String name, String fields) {
    plane.create(
        Resources.MUTATING_ADMISSION_POLICIES,
        ("{metadata: {name: %s}, spec: {reinvocationPolicy: IfNeeded, matchConstraints:"
                + " {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE],"
                + " resources: [pods]}]}, %s}}")
            .formatted(name, fields));
    plane.create(
        Resources.MUTATING_ADMISSION_POLICY_BINDINGS,
        "{metadata: {name: b%s}, spec: {policyName: %s}}".formatted(name.substring(1), name));
  }

  @Test
  void addsContainersAndLetsTheOtherLinksCompleteThem() {
    policy(
        "p",
        apply(
            "Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: 'proxy',"
                + " image: 'j', restartPolicy: 'Always'}]}}"));
    KubeObject pod = plane.create(Resources.PODS, POD);
    assertThat(pod.spec().items("initContainers").tree(0).text("imagePullPolicy"))
        .isEqualTo("Always");
    assertThat(pod.spec().items("containers").size()).isEqualTo(1);
  }

  @Test
  void asksAPolicyAgainThatWantsToSeeWhatOthersChanged() {
    policy(
        "p",
        "matchConditions: [{name: m, expression: \"has(object.metadata.labels.late)\"}], "
            + apply("Object{metadata: Object.metadata{labels: {'seen': 'yes'}}}"));
    policy("p2", apply("Object{metadata: Object.metadata{labels: {'late': 'yes'}}}"));
    KubeObject pod = plane.create(Resources.PODS, POD);
    assertThat(pod.labels()).hasToString("{a=1, late=yes, seen=yes}");
  }

  @Test
  void refusesPoliciesThatMakeSomethingElse() {
    assertThatThrownBy(
            () -> policy("p", apply("Object{spec: Object.spec{template: Object.spec.other{}}}")))
        .hasStackTraceContaining(
            "unexpected type name \"Object.spec.other\", expected \"Object.spec.template\"");
    assertThatThrownBy(() -> policy("p", apply("1")))
        .hasStackTraceContaining("must evaluate to Object");
    assertThatThrownBy(() -> policy("p", patch("Object{}")))
        .hasStackTraceContaining("must evaluate to list");
  }
}
