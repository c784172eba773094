package io.kuber.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotaTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ResourceAmounts used(ResourceType type, String object) {
    return Usage.of(type, yaml(object), NOW);
  }

  @Test
  void countsWhatPodReserves() {
    String pod =
        """
        spec:
          overhead: {cpu: 50m}
          initContainers:
          - {name: i, resources: {requests: {cpu: 2}}}
          - {name: s, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
          containers:
          - {name: a, resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 2}}}
          - {name: b, resources: {requests: {cpu: 500m, example.com/gpu: 1}}}
        """;
    assertThat(used(Resources.PODS, pod))
        .hasToString(
            "count/pods=1,cpu=2050m,limits.cpu=2050m,memory=1Gi,pods=1,requests.cpu=2050m,"
                + "requests.example.com/gpu=1,requests.memory=1Gi");
  }

  @Test
  void countsOnlyThePlaceOfPodThatHasEnded() {
    assertThat(used(Resources.PODS, "{status: {phase: Succeeded}}")).hasToString("count/pods=1");
  }

  @Test
  void countsClaimsByTheirClass() {
    assertThat(
            used(
                Resources.PERSISTENT_VOLUME_CLAIMS,
                "{spec: {storageClassName: fast, resources: {requests: {storage: 2Gi}}}}"))
        .hasToString(
            "count/persistentvolumeclaims=1,"
                + "fast.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                + "fast.storageclass.storage.k8s.io/requests.storage=2Gi,"
                + "persistentvolumeclaims=1,requests.storage=2Gi");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                 | count/services=1,services=1,services.loadbalancers=0",
        "{type: NodePort, ports: [{port: 1}, {port: 2}]} | count/services=1,services=1,services.nodeports=2",
        "{type: LoadBalancer, ports: [{port: 1}]} | count/services=1,services=1,services.loadbalancers=1,services.nodeports=1"
      })
  void countsServicesByTheirType(String spec, String used) {
    assertThat(used(Resources.SERVICES, "{spec: %s}".formatted(spec))).hasToString(used);
  }

  @ParameterizedTest(name = "{0} holds {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "scopes: [BestEffort]     | {containers: [{name: a}]}   | true",
        "scopes: [NotBestEffort]  | {containers: [{name: a}]}   | false",
        "scopes: [Terminating]    | {activeDeadlineSeconds: 5}  | true",
        "scopes: [NotTerminating] | {activeDeadlineSeconds: 5}  | false",
        "scopes: [PriorityClass]  | {priorityClassName: high}   | true",
        "scopes: [PriorityClass]  | {}                          | false",
        "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]} | {priorityClassName: high} | true",
        "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: NotIn, values: [high]}]} | {priorityClassName: high} | false",
        "scopes: [CrossNamespacePodAffinity] | {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{namespaces: [x]}]}}} | true",
        "scopes: [CrossNamespacePodAffinity] | {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{}]}}} | false"
      })
  void countsThePodsOfItsScopes(String scopes, String spec, boolean counted) {
    Quota quota = Quota.of(yaml("{spec: {hard: {pods: 1}, %s}}".formatted(scopes)));
    assertThat(quota.counts(Resources.PODS, yaml("{spec: %s}".formatted(spec)))).isEqualTo(counted);
    assertThat(quota.counts(Resources.SERVICES, yaml("{}"))).isFalse();
  }

  @Test
  void knowsWhoFailsToSayWhatItWants() {
    Quota quota = Quota.of(yaml("{spec: {hard: {limits.cpu: 1, requests.memory: 1, pods: 1}}}"));
    KubeObject pod =
        yaml("{spec: {containers: [{name: b}, {name: a, resources: {requests: {memory: 1}}}]}}");
    assertThat(quota.unspecified(Resources.PODS, pod))
        .isEqualTo("limits.cpu for: a,b; requests.memory for: b");
  }
}
