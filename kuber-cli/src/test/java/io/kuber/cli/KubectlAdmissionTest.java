package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.Kubectl.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What admission tells people at a terminal: standards for pods, and policies in CEL. */
final class KubectlAdmissionTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s}
      spec: {containers: [{name: a, image: i, securityContext: {privileged: %s}}]}
      """;

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: a, image: i}]}
      """;

  private static final String REPLICA_LIMIT =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: limit-NS}
      spec:
        failurePolicy: Fail
        paramKind: {apiVersion: v1, kind: ConfigMap}
        matchConstraints:
          resourceRules:
          - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
        variables:
        - {name: most, expression: int(params.data.most)}
        validations:
        - expression: object.spec.replicas <= variables.most
          messageExpression: "'at most ' + string(variables.most) + ' replicas in ' + namespaceObject.metadata.name"
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: limit-NS}
      spec:
        policyName: limit-NS
        validationActions: [ACTION]
        paramRef: {name: limits, parameterNotFoundAction: Deny}
        matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NS}}}
      """;

  private static final String LABELS =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicy
      metadata: {name: label-NS}
      spec:
        matchConstraints:
          resourceRules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
        reinvocationPolicy: Never
        mutations:
        - patchType: ApplyConfiguration
          applyConfiguration:
            expression: >
              Object{metadata: Object.metadata{labels: {"made-by": request.userInfo.username}}}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicyBinding
      metadata: {name: label-NS}
      spec:
        policyName: label-NS
        matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NS}}}
      """;

  private static final String NO_TYPING =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: typing-NS}
      spec:
        matchConstraints:
          resourceRules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CONNECT], resources: [pods/exec, pods/attach]}
        validations:
        - {expression: "!has(object.stdin) || !object.stdin", message: nobody types here}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: typing-NS}
      spec:
        policyName: typing-NS
        validationActions: [Deny]
        matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NS}}}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new NoNodes());

  private static void label(Kubectl kubectl, String label) throws Exception {
    kubectl.does("label", "--overwrite", "namespace", kubectl.namespace(), label);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void holdsPodsToTheStandardOfTheirNamespace(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(POD.formatted("before", true));
    assertThat(
            kubectl.failsWith(
                "",
                "label",
                "namespace",
                kubectl.namespace(),
                "pod-security.kubernetes.io/enforce=tight"))
        .contains("metadata.labels[pod-security.kubernetes.io/enforce]")
        .contains("must be one of privileged, baseline, restricted");
    Outcome stricter =
        kubectl.tryWith(
            "",
            "label",
            "namespace",
            kubectl.namespace(),
            "pod-security.kubernetes.io/enforce=baseline",
            "pod-security.kubernetes.io/warn=restricted",
            "pod-security.kubernetes.io/warn-version=v1.30");
    assertThat(stricter.code()).isZero();
    assertThat(stricter.err())
        .contains(
            "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"baseline:latest\""
                .formatted(kubectl.namespace()))
        .contains("before: privileged");
    assertThat(kubectl.failsWith(POD.formatted("bad", true), "apply", "-f", "-"))
        .contains(
            "pods \"bad\" is forbidden: violates PodSecurity \"baseline:latest\": privileged"
                + " (container \"a\" must not set securityContext.privileged=true)");
    Outcome warned = kubectl.tryWith(DEPLOYMENT.formatted(0), "apply", "-f", "-");
    assertThat(warned.code()).isZero();
    assertThat(warned.err())
        .contains("Warning: would violate PodSecurity \"restricted:v1.30\"")
        .contains("allowPrivilegeEscalation != false", "seccompProfile");
    label(kubectl, "pod-security.kubernetes.io/enforce=privileged");
    kubectl.applies(POD.formatted("bad", true));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void refusesAndWarnsByPoliciesWithParameters(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String policy = REPLICA_LIMIT.replace("NS", kubectl.namespace());
    kubectl.applies(policy.replace("ACTION", "Deny"));
    assertThat(kubectl.failsWith(DEPLOYMENT.formatted(1), "apply", "-f", "-"))
        .contains("failed to configure binding: no params found for policy binding");
    kubectl.does("create", "configmap", "limits", "--from-literal=most=2");
    assertThat(kubectl.failsWith(DEPLOYMENT.formatted(3), "apply", "-f", "-"))
        .contains(
            "ValidatingAdmissionPolicy 'limit-%1$s' with binding 'limit-%1$s' denied request: at most 2 replicas in %1$s"
                .formatted(kubectl.namespace()));
    kubectl.applies(DEPLOYMENT.formatted(2));
    kubectl.applies(policy.replace("ACTION", "Warn"));
    Outcome warned = kubectl.tryWith(DEPLOYMENT.formatted(3), "apply", "-f", "-");
    assertThat(warned.code()).isZero();
    assertThat(warned.err()).contains("Warning: Validation failed for ValidatingAdmissionPolicy");
    assertThat(kubectl.failsWith(policy.replace("object.spec", "objekt.spec"), "apply", "-f", "-"))
        .contains("spec.validations[0].expression", "undeclared reference to 'objekt'");
  }

  /** Without a node nothing can be run; what is refused by the policy is refused before that. */
  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsPeopleFromTypingIntoPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(NO_TYPING.replace("NS", kubectl.namespace()));
    kubectl.applies(POD.formatted("shut", false));
    assertThat(kubectl.failsWith("", "exec", "--stdin", "shut", "--", "sh"))
        .contains("denied request: nobody types here");
    assertThat(kubectl.failsWith("", "exec", "shut", "--", "ls"))
        .contains("pod shut does not have a host assigned");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void changesObjectsByPolicies(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(LABELS.replace("NS", kubectl.namespace()));
    kubectl.does("create", "configmap", "c", "--from-literal=a=b");
    assertThat(kubectl.field("configmap/c", "{.metadata.labels.made-by}"))
        .isEqualTo("kubernetes-admin");
  }
}
