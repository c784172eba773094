package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kubectl top}, and autoscalers, on nodes that say what their pods use. */
final class KubectlTopTest {
  private static final String PODS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: small, labels: {app: a}, annotations: {kwok.x-k8s.io/usage-cpu: 100m,
        kwok.x-k8s.io/usage-memory: 64Mi}}
      spec: {containers: [{name: main, image: nginx}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: large, labels: {app: b}, annotations: {kwok.x-k8s.io/usage-cpu: 300m,
        kwok.x-k8s.io/usage-memory: 32Mi}}
      spec: {containers: [{name: one, image: nginx}, {name: two, image: nginx}]}
      """;

  private static final String WORK =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata:
            labels: {app: web}
            annotations: {kwok.x-k8s.io/usage-cpu: 180m}
          spec:
            containers:
            - {name: main, image: nginx, resources: {requests: {cpu: 100m}}}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "top-test", new SimulatedHalf(2));

  private static String words(String table) {
    return table.replaceAll(" +", " ").replaceAll(" \n", "\n");
  }

  private static Kubectl withPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(PODS, "apply", "-f", "-");
    kubectl.does("wait", "--for=condition=Ready", "--timeout=60s", "pods", "--all");
    return kubectl;
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsWhatNodesUse(Path program) throws Exception {
    String nodes = words(withPods(program).does("top", "nodes"));
    assertThat(nodes).startsWith("NAME CPU(cores) CPU").contains("MEMORY(bytes)");
    assertThat(nodes.lines().skip(1)).hasSize(2).allMatch(line -> line.matches(".* \\d+m .*Mi.*"));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsWhatPodsAndTheirContainersUse(Path program) throws Exception {
    Kubectl kubectl = withPods(program);
    assertThat(words(kubectl.does("top", "pods")))
        .isEqualTo("NAME CPU(cores) MEMORY(bytes)\nlarge 300m 32Mi\nsmall 100m 64Mi\n");
    assertThat(words(kubectl.does("top", "pods", "--sort-by=memory")))
        .isEqualTo("NAME CPU(cores) MEMORY(bytes)\nsmall 100m 64Mi\nlarge 300m 32Mi\n");
    assertThat(words(kubectl.does("top", "pods", "--sort-by=cpu", "--no-headers")))
        .isEqualTo("large 300m 32Mi\nsmall 100m 64Mi\n");
    assertThat(words(kubectl.does("top", "pod", "large", "--containers")))
        .isEqualTo("POD NAME CPU(cores) MEMORY(bytes)\nlarge one 150m 16Mi\nlarge two 150m 16Mi\n");
    assertThat(words(kubectl.does("top", "pods", "-l", "app=a")))
        .isEqualTo("NAME CPU(cores) MEMORY(bytes)\nsmall 100m 64Mi\n");
    assertThat(words(kubectl.does("top", "pods", "-A")))
        .contains(kubectl.namespace() + " large 300m 32Mi\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsMetricsAsObjects(Path program) throws Exception {
    Kubectl kubectl = withPods(program);
    assertThat(kubectl.does("get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes"))
        .startsWith("{\"kind\":\"NodeMetricsList\",\"apiVersion\":\"metrics.k8s.io/v1beta1\"");
    assertThat(words(kubectl.does("get", "pods.metrics.k8s.io", "small")))
        .isEqualTo("NAME CPU MEMORY WINDOW\nsmall 100m 64Mi 15s\n");
    assertThat(kubectl.does("get", "pods", "-o", "name")).isEqualTo("pod/large\npod/small\n");
    assertThat(kubectl.does("api-resources", "--api-group=metrics.k8s.io"))
        .contains("NodeMetrics", "PodMetrics");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void letsAutoscalersGoByWhatPodsUse(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(WORK, "apply", "-f", "-");
    kubectl.does("autoscale", "deployment", "web", "--cpu-percent=60", "--min=1", "--max=10");
    kubectl.until(
        replicas -> !replicas.isEmpty() && Integer.parseInt(replicas) >= 3,
        "get",
        "deployment",
        "web",
        "-o",
        "jsonpath={.status.readyReplicas}");
    assertThat(kubectl.does("get", "hpa", "web")).contains("180%").contains("60%");
  }
}
