package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  private final TestCluster cluster =
      new TestCluster(new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z")));
  private final KubeObject pod =
      KubeObject.of(
          yaml(
              "{metadata: {name: web, namespace: default, uid: u, labels: {app: shop}},"
                  + " spec: {nodeName: node-1}}"));

  private static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(UTF_8));
  }

  private Map<String, String> environment(String container) {
    DownwardApi downward = new DownwardApi(pod, "10.244.0.2", "192.0.2.1", Map.of("cpu", "2"));
    return Environment.of(
        yaml(container),
        pod,
        downward,
        new ClusterObjects(cluster.client()),
        (volume, path) ->
            path.equals("missing")
                ? Optional.empty()
                : Optional.of("A='a #1' # b\n B=two#c\nA=3\n"));
  }

  @Test
  void readsFilesThatOtherContainersLeft() {
    String source = "{name: %s, valueFrom: {fileKeyRef: {volumeName: v, path: %s, key: %s%s}}}";
    Map<String, String> environment =
        environment(
            "env: [%s, %s, %s, %s]"
                .formatted(
                    source.formatted("X", "file", "A", ""),
                    source.formatted("TWO", "file", "B", ""),
                    source.formatted("Z", "file", "C", ", optional: true"),
                    source.formatted("W", "missing", "A", ", optional: true")));
    assertThat(environment)
        .containsEntry("X", "a #1")
        .containsEntry("TWO", "two")
        .doesNotContainKeys("Z", "W");
    assertThatThrownBy(() -> environment("env: [" + source.formatted("X", "file", "C", "") + "]"))
        .hasMessage("environment variable key \"C\" not found in file \"file\"");
  }

  @Test
  void readsConfigMapsAndSecrets() {
    cluster.create(Resources.CONFIG_MAPS, "{metadata: {name: c}, data: {k: v, other: w}}");
    cluster.create(Resources.SECRETS, "{metadata: {name: s}, data: {p: aGVsbG8=}}");
    Map<String, String> environment =
        environment(
            """
            envFrom:
            - {prefix: C_, configMapRef: {name: c}}
            env:
            - {name: KEY, valueFrom: {configMapKeyRef: {name: c, key: k}}}
            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: p}}}
            - {name: BOTH, value: "$(KEY)-$(PASSWORD)"}
            - {name: NONE, valueFrom: {configMapKeyRef: {name: c, key: x, optional: true}}}
            """);
    assertThat(environment)
        .containsEntry("C_other", "w")
        .containsEntry("BOTH", "v-hello")
        .doesNotContainKey("NONE");
  }

  @Test
  void saysWhichReferenceIsMissing() {
    assertThatThrownBy(() -> environment("envFrom: [{configMapRef: {name: nope}}]"))
        .isInstanceOf(ContainerConfigException.class)
        .hasMessageContaining("configmap \"nope\" not found");
  }

  @Test
  void tellsAPodAboutItself() {
    Map<String, String> environment =
        environment(
            """
            resources: {limits: {memory: 64Mi}}
            env:
            - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
            - name: MEMORY
              valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}
            - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
            """);
    assertThat(environment)
        .containsEntry("IP", "10.244.0.2")
        .containsEntry("APP", "shop")
        .containsEntry("MEMORY", "64")
        .containsEntry("CPU", "2");
  }

  @Test
  void namesTheServicesOfItsNamespace() {
    cluster.create(
        Resources.SERVICES,
        "{metadata: {name: my-db}, spec: {clusterIP: 10.96.0.7,"
            + " ports: [{name: sql, port: 5432, protocol: TCP}]}}");
    assertThat(environment("name: main"))
        .containsEntry("MY_DB_SERVICE_HOST", "10.96.0.7")
        .containsEntry("MY_DB_SERVICE_PORT_SQL", "5432")
        .containsEntry("MY_DB_PORT", "tcp://10.96.0.7:5432")
        .containsEntry("MY_DB_PORT_5432_TCP_ADDR", "10.96.0.7");
  }
}
