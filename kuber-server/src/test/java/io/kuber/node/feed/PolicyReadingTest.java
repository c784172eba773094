package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.node.policy.Direction;
import io.kuber.node.policy.Peer;
import io.kuber.node.policy.Pod;
import io.kuber.node.policy.Policy;
import io.kuber.node.policy.Port;
import io.kuber.node.policy.Rule;
import io.kuber.object.KubeObject;
import io.kuber.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyReadingTest {
  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static Policy policy(String spec) {
    return PolicyReading.policy(
        object("{metadata: {name: p, namespace: default}, spec: {" + spec + "}}"));
  }

  private static List<Rule> ingress(String rules) {
    return policy("podSelector: {}, ingress: [" + rules + "]")
        .rules()
        .getOrDefault(Direction.INGRESS, List.of());
  }

  private static LabelSelector app(String name) {
    return LabelSelector.ofLabels(Map.of("app", name));
  }

  @Test
  void closesIngressUnlessToldOtherwise() {
    assertThat(policy("podSelector: {}").rules()).containsOnlyKeys(Direction.INGRESS);
    assertThat(policy("podSelector: {}, policyTypes: [Egress]").rules())
        .containsOnlyKeys(Direction.EGRESS);
    assertThat(policy("podSelector: {}, egress: [{}]").rules())
        .containsOnlyKeys(Direction.INGRESS, Direction.EGRESS);
  }

  @Test
  void choosesPodsByTheirLabels() {
    assertThat(policy("podSelector: {matchLabels: {app: web}}").pods()).isEqualTo(app("web"));
    assertThat(policy("podSelector: {}").pods().test(Map.of("any", "thing"))).isTrue();
  }

  @Test
  void readsAllKindsOfPeers() {
    assertThat(
            ingress(
                "{from: [{podSelector: {matchLabels: {app: a}}},"
                    + " {namespaceSelector: {matchLabels: {app: b}}},"
                    + " {namespaceSelector: {}, podSelector: {matchLabels: {app: c}}},"
                    + " {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}"))
        .containsExactly(
            new Rule(
                List.of(
                    new Peer.Neighbours(app("a")),
                    new Peer.Pods(app("b"), LabelSelector.EVERYTHING),
                    new Peer.Pods(LabelSelector.EVERYTHING, app("c")),
                    new Peer.Block(
                        AddressRanges.ofBlock("10.0.0.0/8")
                            .minus(AddressRanges.ofBlock("10.1.0.0/16")))),
                List.of()));
  }

  @Test
  void readsAllKindsOfPorts() {
    assertThat(
            ingress(
                    "{ports: [{port: 80}, {port: 90, endPort: 99, protocol: UDP}, {port: http},"
                        + " {protocol: SCTP}]}")
                .get(0)
                .ports())
        .containsExactly(
            new Port.Range(Protocol.TCP, 80, 80),
            new Port.Range(Protocol.UDP, 90, 99),
            new Port.Named(Protocol.TCP, "http"),
            Port.Range.all(Protocol.SCTP));
  }

  @Test
  void knowsPodsThatHaveAnAddressOfTheirOwnAndRun() {
    String pod =
        "{metadata: {name: web, namespace: default, labels: {app: web}}, spec: {nodeName: node-1,"
            + " containers: [{ports: [{name: http, containerPort: 80}, {containerPort: 81}]}]},"
            + " status: {phase: Running, podIP: 10.244.0.2}}";
    assertThat(PolicyReading.pod(object(pod)))
        .contains(
            new Pod(
                "default",
                "web",
                Ipv4.parse("10.244.0.2"),
                "node-1",
                Map.of("app", "web"),
                Map.of(new Port.Named(Protocol.TCP, "http"), 80)));
    assertThat(PolicyReading.pod(object(pod.replace("Running", "Succeeded")))).isEmpty();
    assertThat(PolicyReading.pod(object(pod.replace("nodeName: node-1", "hostNetwork: true"))))
        .isEmpty();
    assertThat(PolicyReading.pod(object(pod.replace("podIP: 10.244.0.2", "x: y")))).isEmpty();
  }
}
