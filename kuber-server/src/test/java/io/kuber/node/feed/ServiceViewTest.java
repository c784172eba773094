package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.HealthCheck;
import io.kuber.node.proxy.Outside;
import io.kuber.node.proxy.ServicePort;
import io.kuber.object.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServiceViewTest {
  private static final String WEB =
      "{metadata: {name: web, namespace: default}, spec: {type: NodePort, clusterIP: 10.96.0.7,"
          + " ports: [{name: http, port: 80, targetPort: named, nodePort: 30080}]}}";

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static KubeObject slice(String endpoints) {
    return object(
        "{metadata: {name: web-1, namespace: default,"
            + " labels: {kubernetes.io/service-name: web}}, addressType: IPv4,"
            + " ports: [{name: http, port: 8080, protocol: TCP}], endpoints: ["
            + endpoints
            + "]}");
  }

  private static ServiceView view(String service, KubeObject... slices) {
    return ServiceView.of(object(service), List.of(slices), "node-1");
  }

  private static List<Backend> backends(String endpoints) {
    return view(WEB, slice(endpoints)).ports().get(0).backends();
  }

  private static ServicePort port(String service) {
    return view(service).ports().get(0).port();
  }

  @Test
  void leadsAPortToReadyEndpointsAndThoseThatAreEnding() {
    assertThat(
            backends(
                "{addresses: [10.244.0.2], nodeName: node-1, conditions: {ready: true}},"
                    + " {addresses: [10.244.0.3], conditions: {ready: false}},"
                    + " {addresses: [10.244.0.4]},"
                    + " {addresses: [10.244.0.5], conditions:"
                    + " {ready: false, serving: true, terminating: true}}"))
        .containsExactly(
            new Backend("10.244.0.2", 8080).on("node-1"),
            new Backend("10.244.0.4", 8080),
            new Backend("10.244.0.5", 8080).ending());
  }

  @Test
  void readsForWhomEndpointsAreMeant() {
    assertThat(
            backends(
                "{addresses: [10.244.0.2], hints: {forZones: [{name: a}, {name: b}],"
                    + " forNodes: [{name: node-1}]}}"))
        .containsExactly(
            new Backend("10.244.0.2", 8080, true, "", Set.of("a", "b"), Set.of("node-1")));
  }

  @Test
  void leavesPortWithoutBackendsWhoseTargetNamesNothing() {
    KubeObject nameless =
        object(
            "{metadata: {name: web-1, namespace: default}, addressType: IPv4, ports: [],"
                + " endpoints: [{addresses: [10.244.0.2]}]}");
    KubeObject withoutNumber =
        object(
            "{metadata: {name: web-2, namespace: default}, addressType: IPv4,"
                + " ports: [{name: http}], endpoints: [{addresses: [10.244.0.2]}]}");
    assertThat(view(WEB, nameless, withoutNumber).ports().get(0).backends()).isEmpty();
  }

  @Test
  void readsPoliciesAndAffinity() {
    ServicePort port =
        port(
            WEB.replace(
                "clusterIP: 10.96.0.7,",
                "clusterIP: 10.96.0.7, sessionAffinity: ClientIP, internalTrafficPolicy: Local,"
                    + " externalTrafficPolicy: Local, externalIPs: [192.0.2.9],"));
    assertThat(port.nodePort()).isEqualTo(30080);
    assertThat(port.affinity()).isEqualTo(Duration.ofHours(3));
    assertThat(port.staysHere()).isTrue();
    assertThat(port.outside())
        .isEqualTo(new Outside(List.of("192.0.2.9"), List.of(), List.of(), true));
  }

  @Test
  void readsHowLongAClientStays() {
    assertThat(
            port(WEB.replace(
                    "clusterIP: 10.96.0.7,",
                    "clusterIP: 10.96.0.7, sessionAffinity: ClientIP,"
                        + " sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}},"))
                .affinity())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void servesAddressesOfABalancerUnlessItIsAProxy() {
    String balanced =
        WEB.replace(
                "type: NodePort,", "type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8],")
            .replace(
                "nodePort: 30080}]}}",
                "nodePort: 30080}]}, status: {loadBalancer: {ingress: [{ip: 203.0.113.7, ipMode:"
                    + " VIP}, {ip: 203.0.113.8, ipMode: Proxy}, {hostname: example.com}]}}}");
    assertThat(port(balanced).outside())
        .isEqualTo(new Outside(List.of(), List.of("203.0.113.7"), List.of("10.0.0.0/8"), false));
  }

  @Test
  void countsItsOwnReadyEndpointsForBalancers() {
    String balanced =
        WEB.replace(
            "type: NodePort,",
            "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000,");
    KubeObject endpoints =
        slice(
            "{addresses: [10.244.0.2], nodeName: node-1}, {addresses: [10.244.0.3], nodeName:"
                + " node-1, conditions: {ready: false, serving: true, terminating: true}},"
                + " {addresses: [10.244.1.2], nodeName: node-2}");
    assertThat(view(balanced, endpoints).health())
        .contains(new HealthCheck("default", "web", 31000, 1));
    assertThat(view(WEB, endpoints).health()).isEmpty();
  }

  @Test
  void takesTheAddressOfIpv4EvenIfItIsTheSecond() {
    assertThat(
            port(WEB.replace(
                    "clusterIP: 10.96.0.7,",
                    "clusterIP: 'fd00::7', clusterIPs: ['fd00::7', 10.96.0.7],"))
                .clusterIp())
        .isEqualTo("10.96.0.7");
  }

  @Test
  void namesHeadlessServicesByTheirPods() {
    ServiceView view =
        view(
            "{metadata: {name: web, namespace: default}, spec: {clusterIP: None}}",
            slice("{addresses: [10.244.0.2], hostname: web-0}"));
    assertThat(view.ports()).isEmpty();
    assertThat(view.names().orElseThrow().endpoints().get(0).hostname()).isEqualTo("web-0");
  }

  @Test
  void leavesOutAServiceWithoutAnAddressYet() {
    ServiceView view = view("{metadata: {name: web, namespace: default}, spec: {}}");
    assertThat(view.ports()).isEmpty();
    assertThat(view.names()).isEmpty();
  }
}
