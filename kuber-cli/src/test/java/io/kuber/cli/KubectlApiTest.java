package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.Kubectl.Running;
import io.kuber.testkit.cluster.SimulatedHalf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kubectl programs read of a cluster, and the forms in which they show it. */
final class KubectlApiTest {
  /** In the order of their names the sizes fall. */
  private static final String MAPS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a, labels: {set: numbers, odd: "yes"}}
      data: {size: "3"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: b, labels: {set: numbers}}
      data: {size: "2"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c, labels: {set: numbers, odd: "yes"}}
      data: {size: "1"}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(1));

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void explainsFieldsOfEveryVersion(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("explain", "pod.spec.containers"))
        .contains("List of containers belonging to the pod", "imagePullPolicy");
    assertThat(kubectl.does("explain", "pod", "--recursive"))
        .containsSubsequence("affinity", "nodeAffinity", "nodeSelectorTerms", "matchExpressions");
    assertThat(kubectl.does("explain", "deployment.spec.strategy"))
        .contains("rollingUpdate", "Default is", "RollingUpdate");
    assertThat(kubectl.does("explain", "deployment.spec", "--api-version=extensions/v1beta1"))
        .contains("extensions", "v1beta1", "rollbackTo");
    assertThat(kubectl.failsWith("", "explain", "pod.spec.nothing"))
        .contains("field \"nothing\" does not exist");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void listsKindsAndVersions(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("api-resources", "-o", "wide"))
        .containsPattern("deployments +deploy +apps/v1 +true +Deployment +\\[?create.delete")
        .containsPattern("deployments +extensions/v1beta1 +true +Deployment")
        .containsPattern("bindings +v1 +true +Binding +\\[?create\\]? *\n");
    assertThat(kubectl.does("api-resources", "--api-group=apps", "-o", "name"))
        .isEqualTo(
            """
            controllerrevisions.apps
            daemonsets.apps
            deployments.apps
            replicasets.apps
            statefulsets.apps
            """);
    assertThat(kubectl.does("api-resources", "--namespaced=false", "-o", "name").lines())
        .contains("namespaces", "nodes", "persistentvolumes")
        .doesNotContain("pods");
    assertThat(kubectl.does("api-resources", "--verbs=deletecollection", "-o", "name").lines())
        .contains("pods")
        .doesNotContain("namespaces", "bindings");
    assertThat(kubectl.does("api-versions").lines())
        .contains("v1", "apps/v1", "apps/v1beta1", "extensions/v1beta1", "batch/v1beta1");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void getsRawDocuments(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("get", "--raw", "/")).contains("\"/api/v1\"", "\"/apis/apps/v1\"");
    assertThat(kubectl.does("get", "--raw", "/apis/apps"))
        .containsSubsequence("\"apps/v1\"", "\"apps/v1beta2\"", "\"apps/v1beta1\"")
        .contains("\"preferredVersion\":{\"groupVersion\":\"apps/v1\"");
    assertThat(kubectl.does("get", "--raw", "/version")).contains("\n  \"minor\": \"36\"");
    assertThat(kubectl.does("get", "--raw", "/metrics")).contains("\napiserver_request_total{");
    assertThat(kubectl.does("get", "--raw", "/readyz?verbose")).contains("[+]store ok");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsObjectsInEveryForm(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(MAPS, "apply", "-f", "-");
    String set = "--selector=set=numbers";
    assertThat(
            kubectl.does(
                "get", "cm", set, "-o", "custom-columns=NAME:.metadata.name,SIZE:.data.size"))
        .isEqualTo("NAME   SIZE\na      3\nb      2\nc      1\n");
    assertThat(kubectl.does("get", "cm", set, "-o", "jsonpath={.items[*].data.size}"))
        .isEqualTo("3 2 1");
    String filter = "jsonpath={range .items[?(@.data.size>\"1\")]}{.metadata.name};{end}";
    assertThat(kubectl.does("get", "cm", set, "-o", filter)).isEqualTo("a;b;");
    assertThat(kubectl.does("get", "cm", "a", "-o", "go-template={{.data.size}} of {{.kind}}"))
        .isEqualTo("3 of ConfigMap");
    assertThat(kubectl.does("get", "cm", "a", "-o", "json")).contains("\"kind\": \"ConfigMap\"");
    assertThat(kubectl.does("get", "cm", "a", "-o", "yaml")).contains("\nkind: ConfigMap\n");
    assertThat(kubectl.does("get", "cm", "-l", "odd,set in (numbers)", "-o", "name"))
        .isEqualTo("configmap/a\nconfigmap/c\n");
    assertThat(kubectl.does("get", "cm", "-l", "set,!odd", "--show-labels", "--no-headers"))
        .containsPattern("^b +1 +\\S+ +set=numbers\n$");
    assertThat(kubectl.does("get", "cm", "-L", "odd", "--field-selector=metadata.name=a"))
        .containsPattern("^NAME +DATA +AGE +ODD\na +1 +\\S+ +yes\n$");
    assertThat(kubectl.does("get", "cm", "-A", "--field-selector=metadata.name=a"))
        .containsPattern("^NAMESPACE +NAME +DATA +AGE\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void sortsAndReadsInChunks(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(MAPS, "apply", "-f", "-");
    String set = "--selector=set=numbers";
    assertThat(kubectl.does("get", "cm", set, "--sort-by=.data.size", "--no-headers"))
        .containsPattern("^c .*\nb .*\na .*\n$");
    Kubectl.Outcome chunks =
        kubectl.tryWith("", "get", "cm", set, "--chunk-size=2", "-o", "name", "-v=6");
    assertThat(chunks.out()).isEqualTo("configmap/a\nconfigmap/b\nconfigmap/c\n");
    assertThat(chunks.err()).contains("limit=2").containsOnlyOnce("continue=");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void watchesWithTheTypesOfEvents(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    try (Running watch =
        kubectl.begins("get", "cm", "-l", "set=numbers", "-w", "--output-watch-events")) {
      kubectl.doesWith(MAPS, "apply", "-f", "-");
      watch.until(events -> events.contains("ADDED      c "));
      kubectl.does("label", "cm", "a", "odd-");
      kubectl.does("label", "cm", "b", "set-");
      assertThat(watch.until(events -> events.contains("DELETED    b ")))
          .containsSubsequence("EVENT ", "ADDED      a ", "MODIFIED   a ", "DELETED    b ");
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void fetchesThroughAProxy(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    try (Running proxy = kubectl.begins("proxy", "--port=0")) {
      Pattern line = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
      Matcher port = line.matcher(proxy.until(output -> line.matcher(output).find()));
      assertThat(port.find()).isTrue();
      URI nodes = URI.create("http://127.0.0.1:" + port.group(1) + "/api/v1/nodes");
      assertThat(
              HttpClient.newHttpClient()
                  .send(
                      HttpRequest.newBuilder(nodes).version(Version.HTTP_1_1).build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("\"kind\":\"NodeList\"", "\"name\":\"node-0\"");
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void saysWhereTheClusterIsAndWhatItHas(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("cluster-info")).contains("https://127.0.0.1:");
    assertThat(kubectl.does("config", "view"))
        .contains("server: https://127.0.0.1:", "client-certificate-data:")
        .doesNotContain("LS0t");
    assertThat(kubectl.does("get", "nodes", "-o", "wide"))
        .containsPattern("node-0 +Ready +<none> +\\S+ +v1\\.36\\.\\S+ +192\\.168\\.0\\.1 ");
    assertThat(kubectl.tryWith("", "top", "pods").err()).contains("No resources found");
    assertThat(kubectl.does("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
    assertThat(kubectl.tryWith("", "auth", "can-i", "create", "pods", "--as=bob").out())
        .startsWith("no");
  }
}
