package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Priority and fairness as operators see it at a terminal. */
final class KubectlFairnessTest {
  private static final String AGE = "\\d+[sm]\\S*";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new NoNodes());

  /** A line of a table, whose columns may be as wide as they like. */
  private static String row(String... cells) {
    return "(?m)^" + String.join(" +", List.of(cells)) + " *$";
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void listsFlowSchemasAndPriorityLevels(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String schemas =
        Eventually.seen(() -> kubectl.does("get", "flowschemas"), text -> !text.contains("?"));
    assertThat(schemas)
        .containsPattern(
            row(
                "NAME",
                "PRIORITYLEVEL",
                "MATCHINGPRECEDENCE",
                "DISTINGUISHERMETHOD",
                "AGE",
                "MISSINGPL"))
        .containsPattern(row("exempt", "exempt", "1", "<none>", AGE, "False"))
        .containsPattern(row("probes", "exempt", "2", "<none>", AGE, "False"))
        .containsPattern(row("system-node-high", "node-high", "400", "ByUser", AGE, "False"))
        .containsPattern(row("kube-scheduler", "workload-high", "800", "ByNamespace", AGE, "False"))
        .containsPattern(row("catch-all", "catch-all", "10000", "ByUser", AGE, "False"));
    assertThat(kubectl.does("get", "prioritylevelconfigurations"))
        .containsPattern(
            row(
                "NAME",
                "TYPE",
                "NOMINALCONCURRENCYSHARES",
                "QUEUES",
                "HANDSIZE",
                "QUEUELENGTHLIMIT",
                "AGE"))
        .containsPattern(row("exempt", "Exempt", "<none>", "<none>", "<none>", "<none>", AGE))
        .containsPattern(row("catch-all", "Limited", "5", "<none>", "<none>", "<none>", AGE))
        .containsPattern(row("workload-low", "Limited", "100", "128", "6", "50", AGE));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void mendsWhatIsSuggestedAndLeavesAlonePeoplesOwn(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Eventually.seen(() -> kubectl.does("get", "flowschemas"), text -> !text.contains("?"));
    String versions = versions(kubectl);
    String shares = "{.spec.limited.nominalConcurrencyShares}";
    String level = "prioritylevelconfiguration/workload-low";
    String patch = "{\"spec\":{\"limited\":{\"nominalConcurrencyShares\":7}}}";
    kubectl.does("patch", level, "--type=merge", "-p", patch);
    Eventually.seen(() -> kubectl.field(level, shares), "100"::equals);
    kubectl.does("annotate", "--overwrite", level, "apf.kubernetes.io/autoupdate-spec=false");
    kubectl.does("patch", level, "--type=merge", "-p", patch);
    kubectl.does("delete", "prioritylevelconfiguration", "catch-all");
    Eventually.seen(
        () -> kubectl.does("get", "prioritylevelconfigurations"),
        text -> text.contains("catch-all"));
    assertThat(kubectl.field(level, shares)).isEqualTo("7");
    kubectl.does("annotate", "--overwrite", level, "apf.kubernetes.io/autoupdate-spec=true");
    Eventually.seen(() -> kubectl.field(level, shares), "100"::equals);
    assertThat(versions(kubectl)).as("what is well stays as it is").isEqualTo(versions);
  }

  private static String versions(Kubectl kubectl) throws Exception {
    return kubectl.does(
        "get",
        "flowschema/exempt",
        "flowschema/global-default",
        "prioritylevelconfiguration/exempt",
        "prioritylevelconfiguration/system",
        "-o",
        "jsonpath={.items[*].metadata.resourceVersion}");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void tellsOfASchemaWhoseLevelIsMissing(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String name = kubectl.namespace();
    kubectl.applies(
        """
        apiVersion: flowcontrol.apiserver.k8s.io/v1
        kind: FlowSchema
        metadata: {name: NAME}
        spec:
          priorityLevelConfiguration: {name: NAME}
          matchingPrecedence: 5000
          distinguisherMethod: {type: ByUser}
          rules:
          - subjects: [{kind: ServiceAccount, serviceAccount: {name: default, namespace: NAME}}]
            resourceRules:
            - {verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"]}
        """
            .replace("NAME", name));
    Eventually.seen(() -> kubectl.does("get", "flowschema", name), text -> text.contains("True"));
    assertThat(kubectl.field("flowschema/" + name, "{.status.conditions[0].message}"))
        .isEqualTo(
            "This FlowSchema references the PriorityLevelConfiguration object named \""
                + name
                + "\" but there is no such object");
    kubectl.applies(
        """
        apiVersion: flowcontrol.apiserver.k8s.io/v1
        kind: PriorityLevelConfiguration
        metadata: {name: NAME}
        spec:
          type: Limited
          limited:
            nominalConcurrencyShares: 1
            limitResponse: {type: Reject}
        """
            .replace("NAME", name));
    Eventually.seen(
        () -> kubectl.field("flowschema/" + name, "{.status.conditions[0].reason}"),
        "Found"::equals);
    String asAccount = "--as=system:serviceaccount:" + name + ":default";
    kubectl.failsWith("", "get", "pods", asAccount);
    assertThat(kubectl.does("get", "--raw", "/metrics"))
        .contains(
            "apiserver_flowcontrol_dispatched_requests_total{priority_level=\""
                + name
                + "\",flow_schema=\""
                + name
                + "\"} ");
    kubectl.does("delete", "flowschema", name);
    kubectl.does("delete", "prioritylevelconfiguration", name);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsWhatGoesOnInTheLevels(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String path = "/debug/api_priority_and_fairness/dump_";
    assertThat(kubectl.does("get", "--raw", path + "priority_levels"))
        .contains("PriorityLevelName, ActiveQueues, ")
        .containsPattern("(?m)^exempt, +0, ")
        .containsPattern("(?m)^global-default, +0, +true, +false, +0, +0, ");
    assertThat(kubectl.does("get", "--raw", path + "queues"))
        .contains("PriorityLevelName, Index, ");
    assertThat(kubectl.does("get", "--raw", path + "requests?includeRequestDetails=1"))
        .contains("FlowSchemaName, ");
    assertThat(kubectl.failsWith("", "get", "--raw", path + "queues", "--as=jane"))
        .contains("Forbidden");
  }
}
