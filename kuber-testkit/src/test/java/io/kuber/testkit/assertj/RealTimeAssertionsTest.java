package io.kuber.testkit.assertj;

import static io.kuber.testkit.assertj.KuberAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.junit.KuberTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@KuberTest(nodes = 1)
final class RealTimeAssertionsTest {
  private static void create(KubernetesClient client, String yaml) {
    client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).create();
  }

  @Test
  void waitsForPodsOnTheRealClock(TestCluster cluster, KubernetesClient client) {
    create(
        client,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: till, namespace: default}
        spec: {containers: [{name: till, image: "till:1"}]}
        """);
    assertThat(cluster).pod("till").eventually().isRunning().isReady().isOn("node-0");
  }

  @Test
  void waitsForCustomObjects(TestCluster cluster, KubernetesClient client) {
    create(
        client,
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: tills.shop.io}
        spec:
          group: shop.io
          scope: Namespaced
          names: {plural: tills, singular: till, kind: Till}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                x-kubernetes-preserve-unknown-fields: true
        """);
    assertThat(cluster)
        .eventually()
        .object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "tills.shop.io")
        .hasCondition("Established", "True");
    create(
        client,
        """
        apiVersion: shop.io/v1
        kind: Till
        metadata: {name: one, namespace: default}
        spec: {coins: 3}
        """);
    assertThat(cluster).object("shop.io/v1", "Till", "one").at("$.spec.coins").isEqualTo(3);
  }

  @Test
  void givesUpAtItsBound(TestCluster cluster) {
    assertThatThrownBy(
            () -> assertThat(cluster).pod("absent").eventually(Duration.ofMillis(50)).isReady())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("to be ready within 50 ms\nbut there is none");
  }
}
