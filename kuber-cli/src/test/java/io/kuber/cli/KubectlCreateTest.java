package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kubectl create} in its forms: what is asked for, and what the server makes of it. */
final class KubectlCreateTest {
  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(1));

  /** Creates an object and returns the value of the template in the server's answer. */
  private static String created(Kubectl kubectl, String template, String... what) throws Exception {
    List<String> command = new ArrayList<>(List.of("create", "-o", "jsonpath=" + template));
    command.addAll(List.of(what));
    return kubectl.does(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void createsServicesOfEveryType(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String template = "{.spec.type} {.spec.ports[0].port}>{.spec.ports[0].targetPort}";
    assertThat(created(kubectl, template, "service", "clusterip", "a", "--tcp=80:8080"))
        .isEqualTo("ClusterIP 80>8080");
    assertThat(created(kubectl, template, "service", "nodeport", "b", "--tcp=80:8080"))
        .isEqualTo("NodePort 80>8080");
    assertThat(created(kubectl, template, "service", "loadbalancer", "c", "--tcp=80:8080"))
        .isEqualTo("LoadBalancer 80>8080");
    String name = "--external-name=example.org";
    assertThat(created(kubectl, "{.spec.externalName}", "service", "externalname", "d", name))
        .isEqualTo("example.org");
    assertThat(kubectl.does("get", "svc", "-o", "jsonpath={.items[*].spec.clusterIP}").split(" "))
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allMatch(address -> address.startsWith("10."));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void createsConfigurationFromValuesAndFiles(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String file = kubectl.file("settings", "a=b\nc=d\n");
    assertThat(
            created(kubectl, "{.data}", "cm", "x", "--from-literal=k=v", "--from-file=f=" + file))
        .isEqualTo("{\"f\":\"a=b\\nc=d\\n\",\"k\":\"v\"}");
    assertThat(created(kubectl, "{.data}", "cm", "y", "--from-env-file=" + file))
        .isEqualTo("{\"a\":\"b\",\"c\":\"d\"}");
    assertThat(created(kubectl, "{.type}{.data.k}", "secret", "generic", "g", "--from-literal=k=v"))
        .isEqualTo("Opaquedg==");
    assertThat(
            created(
                kubectl,
                "{.type} {.data}",
                "secret",
                "docker-registry",
                "d",
                "--docker-server=r.example",
                "--docker-username=u",
                "--docker-password=p"))
        .startsWith("kubernetes.io/dockerconfigjson {\".dockerconfigjson\":\"");
    String wrong = kubectl.file("wrong.pem", "no key");
    assertThat(
            kubectl.failsWith("", "create", "secret", "tls", "t", "--cert=" + wrong, "--key=none"))
        .contains("none");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void createsWhatRuns(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String image = "--image=kuber.io/host";
    String command = "{.spec.jobTemplate.spec.template.spec.containers[0].command}";
    assertThat(
            created(kubectl, command, "cronjob", "cj", image, "--schedule=0 0 1 1 *", "--", "date"))
        .isEqualTo("[\"date\"]");
    assertThat(created(kubectl, "{.spec.backoffLimit}", "job", "j", image, "--", "date"))
        .isEqualTo("6");
    assertThat(created(kubectl, "{.spec.replicas}", "deploy", "web", image, "--replicas=2"))
        .isEqualTo("2");
    String least = "--min-available=1";
    assertThat(created(kubectl, "{.spec.minAvailable}", "pdb", "p", least, "--selector=app=web"))
        .isEqualTo("1");
    assertThat(created(kubectl, "{.spec.hard}", "quota", "q", "--hard=pods=10,cpu=5"))
        .isEqualTo("{\"cpu\":\"5\",\"pods\":\"10\"}");
    assertThat(
            created(kubectl, "{.spec.rules[0].host}", "ingress", "i", "--rule=a.example/*=web:80"))
        .isEqualTo("a.example");
    assertThat(
            created(kubectl, "{.value}", "priorityclass", "of-" + kubectl.namespace(), "--value=7"))
        .isEqualTo("7");
    kubectl.awaits("available", "deploy/web");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void createsRolesAndBindsThem(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String own = "of-" + kubectl.namespace();
    String account = "--serviceaccount=" + kubectl.namespace() + ":bot";
    kubectl.does("create", "serviceaccount", "bot");
    assertThat(
            created(
                kubectl,
                "{.rules}",
                "role",
                "reader",
                "--verb=get,list",
                "--resource=pods,deployments.apps"))
        .contains("\"apiGroups\":[\"apps\"]", "\"resources\":[\"pods\"]");
    assertThat(
            created(kubectl, "{.subjects[0].name}", "rolebinding", "b", "--role=reader", account))
        .isEqualTo("bot");
    assertThat(
            created(
                kubectl, "{.aggregationRule}", "clusterrole", own, "--aggregation-rule=mine=yes"))
        .contains("\"matchLabels\":{\"mine\":\"yes\"}");
    assertThat(
            created(
                kubectl,
                "{.rules[0].nonResourceURLs}",
                "clusterrole",
                own + "-urls",
                "--verb=get",
                "--non-resource-url=/metrics"))
        .isEqualTo("[\"/metrics\"]");
    assertThat(
            created(
                kubectl,
                "{.roleRef.name}",
                "clusterrolebinding",
                own,
                "--clusterrole=" + own,
                "--user=bob"))
        .isEqualTo(own);
    assertThat(kubectl.does("describe", "role/reader", "rolebinding/b", "clusterrole/" + own))
        .contains("deployments.apps", "ServiceAccount  bot", "PolicyRule:");
    kubectl.does("delete", "clusterrole,clusterrolebinding", own, "--ignore-not-found");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void triesOutWithoutKeeping(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String[] map = {"create", "cm", "x", "--from-literal=a=b", "-o", "yaml", "--dry-run=client"};
    assertThat(kubectl.does(map)).contains("a: b").doesNotContain("uid:");
    map[6] = "--dry-run=server";
    assertThat(kubectl.does(map)).contains("a: b", "uid:");
    assertThat(kubectl.does("get", "cm", "x", "--ignore-not-found")).isEmpty();
    map[6] = "--save-config";
    assertThat(kubectl.does(map)).contains("kubectl.kubernetes.io/last-applied-configuration:");
    String unknown = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd}\ndato: {}\n";
    assertThat(kubectl.failsWith(unknown, "create", "-f", "-")).contains("dato");
    assertThat(kubectl.doesWith(unknown, "create", "--validate=false", "-f", "-"))
        .isEqualTo("configmap/odd created\n");
    assertThat(kubectl.failsWith("", map)).contains("configmaps \"x\" already exists");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(KubectlCluster.NEWER_PROGRAMS)
  void createsAJobFromACronJob(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String image = "--image=kuber.io/host";
    kubectl.does("create", "cronjob", "cj", image, "--schedule=0 0 1 1 *", "--", "date");
    assertThat(
            created(
                kubectl, "{.metadata.ownerReferences[0].name}", "job", "j", "--from=cronjob/cj"))
        .isEqualTo("cj");
  }
}
