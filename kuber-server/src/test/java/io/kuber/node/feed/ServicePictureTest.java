package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ServicePort;
import io.kuber.object.KubeObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServicePictureTest {
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

  private static List<Backend> backends(String service, String endpoints) {
    ServicePicture picture =
        ServicePicture.of(List.of(object(service)), List.of(slice(endpoints)), "node-1");
    return picture.backends().getOrDefault(picture.ports().get(0).key(), List.of());
  }

  @Test
  void leadsAPortToReadyEndpointsOnly() {
    assertThat(
            backends(
                WEB,
                "{addresses: [10.244.0.2], conditions: {ready: true}},"
                    + " {addresses: [10.244.0.3], conditions: {ready: false}},"
                    + " {addresses: [10.244.0.4]}"))
        .containsExactly(new Backend("10.244.0.2", 8080), new Backend("10.244.0.4", 8080));
  }

  @Test
  void fallsBackToEndpointsThatAreEnding() {
    assertThat(
            backends(
                WEB,
                "{addresses: [10.244.0.3], conditions:"
                    + " {ready: false, serving: true, terminating: true}}"))
        .containsExactly(new Backend("10.244.0.3", 8080));
  }

  @Test
  void keepsTrafficOnItsNodeWhereTheServiceWantsThat() {
    String local = WEB.replace("type: NodePort", "internalTrafficPolicy: Local");
    assertThat(
            backends(
                local,
                "{addresses: [10.244.0.2], nodeName: node-1},"
                    + " {addresses: [10.244.1.2], nodeName: node-2}"))
        .containsExactly(new Backend("10.244.0.2", 8080));
  }

  @Test
  void keepsNodePortAffinityAndExternalAddresses() {
    String service =
        WEB.replace(
            "clusterIP: 10.96.0.7,",
            "clusterIP: 10.96.0.7, sessionAffinity: ClientIP, externalIPs: [192.0.2.9],");
    ServicePort port = ServicePicture.of(List.of(object(service)), List.of(), "n").ports().get(0);
    assertThat(port.nodePort()).isEqualTo(30080);
    assertThat(port.affinity()).isEqualTo(Duration.ofHours(3));
    assertThat(port.externalAddresses()).containsExactly("192.0.2.9");
  }

  @Test
  void namesHeadlessServicesByTheirPods() {
    KubeObject headless =
        object("{metadata: {name: web, namespace: default}, spec: {clusterIP: None}}");
    ServicePicture picture =
        ServicePicture.of(
            List.of(headless),
            List.of(slice("{addresses: [10.244.0.2], hostname: web-0}")),
            "node-1");
    assertThat(picture.ports()).isEmpty();
    assertThat(picture.names().get(0).endpoints().get(0).hostname()).isEqualTo("web-0");
  }

  @Test
  void leavesOutAServiceWithoutAnAddressYet() {
    KubeObject young = object("{metadata: {name: web, namespace: default}, spec: {}}");
    ServicePicture picture = ServicePicture.of(List.of(young), List.of(), "node-1");
    assertThat(picture.ports()).isEmpty();
    assertThat(picture.names()).isEmpty();
  }
}
