package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How kubectl programs change, wait for and delete objects, on nodes that only pretend. */
final class KubectlWritesTest {
  private static final String ONE =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: one, labels: {set: maps}}
      data: {size: "1"}
      """;

  private static final String TWO = ONE + "---\n" + ONE.replace("one", "two");

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(2));

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void remembersWhatWasApplied(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(ONE, "apply", "-f", "-");
    assertThat(kubectl.does("apply", "view-last-applied", "cm", "one")).contains("size: \"1\"");
    String larger = kubectl.file("larger.yaml", ONE.replace("\"1\"", "\"2\""));
    Kubectl.Outcome diff = kubectl.tryWith("", "diff", "-f", larger);
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("\n-  size: \"1\"\n+  size: \"2\"\n");
    kubectl.does("apply", "set-last-applied", "-f", larger);
    assertThat(kubectl.does("apply", "view-last-applied", "cm", "one")).contains("size: \"2\"");
    kubectl.does("apply", "-f", larger);
    assertThat(kubectl.does("diff", "-f", larger)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void prunesWhatIsNoLongerApplied(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(TWO, "apply", "-f", "-");
    String[] prune = {"apply", "--prune", "-l", "set=maps", "-f", "-"};
    assertThat(kubectl.doesWith(ONE, prune)).contains("one unchanged", "configmap/two pruned\n");
    assertThat(kubectl.does("get", "cm", "-l", "set=maps", "-o", "name"))
        .isEqualTo("configmap/one\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void editsReplacesAndPatches(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String size = "jsonpath={.data.size}";
    kubectl.doesWith(ONE, "apply", "-f", "-");
    assertThat(kubectl.edits("s/size: \"1\"/size: \"4\"/", "cm", "one")).contains("one edited");
    assertThat(kubectl.does("get", "cm", "one", "-o", size)).isEqualTo("4");
    assertThat(kubectl.edits("", "cm", "one")).contains("no changes made");
    assertThat(kubectl.doesWith(ONE, "replace", "-f", "-")).contains("one replaced");
    assertThat(kubectl.does("get", "cm", "one", "-o", size)).isEqualTo("1");
    String before = kubectl.does("get", "cm", "one", "-o", "jsonpath={.metadata.uid}");
    assertThat(kubectl.doesWith(ONE, "replace", "--force", "-f", "-")).contains("one replaced");
    assertThat(kubectl.does("get", "cm", "one", "-o", "jsonpath={.metadata.uid}"))
        .isNotEqualTo(before);
    kubectl.does("patch", "cm", "one", "--type=merge", "-p", "{\"data\":{\"size\":\"5\"}}");
    String test = "[{\"op\":\"test\",\"path\":\"/data/size\",\"value\":\"9\"}]";
    assertThat(kubectl.failsWith("", "patch", "cm", "one", "--type=json", "-p", test))
        .containsPattern("(?i)request is invalid");
    assertThat(kubectl.doesWith(ONE, "apply", "--force", "-f", "-")).contains("one configured");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void setsPartsOfADeployment(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "deploy", "web", "--image=kuber.io/host");
    kubectl.does("rollout", "pause", "deploy/web");
    assertThat(kubectl.does("set", "image", "deploy/web", "*=kuber.io/kuard")).contains("updated");
    assertThat(kubectl.does("set", "resources", "deploy/web", "--limits=cpu=1"))
        .contains("updated");
    assertThat(kubectl.does("set", "sa", "deploy/web", "default")).contains("updated");
    String template = "jsonpath={.spec.template.spec}";
    assertThat(kubectl.does("get", "deploy", "web", "-o", template))
        .contains("kuber.io/kuard", "\"limits\":{\"cpu\":\"1\"}", "\"serviceAccount\":\"default\"");
    kubectl.does("rollout", "resume", "deploy/web");
    assertThat(kubectl.does("rollout", "status", "deploy/web")).contains("successfully rolled out");
    assertThat(kubectl.does("rollout", "history", "deploy/web", "--revision=1"))
        .contains("kuber.io/host");
    kubectl.does("rollout", "undo", "deploy/web", "--to-revision=1");
    assertThat(kubectl.does("get", "deploy", "web", "-o", template)).doesNotContain("kuard");
    kubectl.does("expose", "deploy", "web", "--port=80");
    assertThat(kubectl.does("set", "selector", "svc", "web", "app=other")).contains("updated");
    kubectl.does("autoscale", "deploy", "web", "--min=1", "--max=3", "--cpu-percent=50");
    assertThat(kubectl.does("get", "hpa", "web")).contains("Deployment/web", "/50%");
    assertThat(kubectl.does("describe", "hpa/web", "svc/web", "deploy/web"))
        .contains("Deployment/web", "app=other", "RollingUpdateStrategy:");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void deletesWithOrWithoutDependents(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "deploy", "web", "--image=kuber.io/host");
    kubectl.awaits("available", "deploy/web");
    kubectl.does("delete", "deploy", "web", "--cascade=orphan");
    String owners = "jsonpath={.items[*].metadata.ownerReferences}";
    assertThat(kubectl.does("get", "rs", "-l", "app=web", "-o", owners)).isEmpty();
    assertThat(kubectl.does("get", "rs,pods", "-o", "name")).contains("replicaset.apps/", "pod/");
    kubectl.does("delete", "rs", "-l", "app=web", "--cascade=foreground");
    kubectl.until(String::isEmpty, "get", "rs,pods", "-o", "name");
    kubectl.doesWith(TWO, "apply", "-f", "-");
    assertThat(kubectl.does("delete", "cm", "--all"))
        .contains("\"one\" deleted", "\"two\" deleted");
    assertThat(kubectl.does("delete", "cm", "one", "--ignore-not-found")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void drainsANode(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("cordon", "node-1");
    try {
      kubectl.does("create", "deploy", "web", "--image=kuber.io/host", "--replicas=2");
      kubectl.awaits("available", "deploy/web");
      kubectl.does("uncordon", "node-1");
      kubectl.does("taint", "node", "node-0", "at=work:PreferNoSchedule");
      assertThat(kubectl.does("describe", "node", "node-0")).contains("at=work:PreferNoSchedule");
      String own = "--pod-selector=app=web";
      assertThat(kubectl.does("drain", "node-0", own, "--timeout=60s")).contains("node/node-0 ");
      kubectl.until(
          "node-1 node-1"::equals, "get", "pods", "-o", "jsonpath={.items[*].spec.nodeName}");
    } finally {
      kubectl.does("taint", "node", "node-0", "at-");
      kubectl.does("uncordon", "node-0");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(KubectlCluster.NEWER_PROGRAMS)
  void doesWhatNewerProgramsCan(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "deploy", "web", "--image=kuber.io/host");
    String ready = "--for=jsonpath={.status.readyReplicas}=1";
    kubectl.does("wait", ready, "deploy/web", "--timeout=60s");
    String scale = "{\"spec\":{\"replicas\":2}}";
    kubectl.does("patch", "deploy", "web", "--subresource=scale", "--type=merge", "-p", scale);
    assertThat(kubectl.does("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}"))
        .isEqualTo("2");
    assertThat(kubectl.does("get", "deploy", "web", "--subresource=scale")).contains("web");
    kubectl.until(events -> events.contains("SuccessfulCreate"), "events");
    kubectl.doesWith(TWO, "apply", "-f", "-");
    String[] prune = {
      "apply", "--prune", "-l", "set=maps", "--prune-allowlist=core/v1/ConfigMap", "-f", "-"
    };
    assertThat(kubectl.doesWith(ONE, prune)).contains("configmap/two pruned");
    assertThat(kubectl.tryWith(ONE.replace("\"1\"", "\"2\""), "diff", "--server-side", "-f", "-"))
        .matches(outcome -> outcome.code() == 1);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(KubectlCluster.NEWER_PROGRAMS)
  void asksWhoItIsAndForTokens(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "serviceaccount", "robot");
    assertThat(kubectl.does("create", "token", "robot", "--duration=1h").strip())
        .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(kubectl.failsWith("", "create", "token", "nobody"))
        .contains("serviceaccounts \"nobody\" not found");
    assertThat(kubectl.does("auth", "whoami")).contains("system:masters");
    assertThat(kubectl.does("auth", "can-i", "--list")).contains("*.*");
  }
}
