package io.kuber.controller.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From where Services get addresses, and who has which. */
final class ServiceCidrControllerTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ControlPlane plane =
      new ControlPlane(new ServiceCidrController(), new IpAddressController());

  private KubeObject range(String name, String cidrs) {
    plane.create(
        Resources.SERVICE_CIDRS,
        "{metadata: {name: %s}, spec: {cidrs: [%s]}}".formatted(name, cidrs));
    return plane.get(Resources.SERVICE_CIDRS, name).orElseThrow();
  }

  private KubeObject service(String name, String spec) {
    return plane.create(
        Resources.SERVICES,
        "{metadata: {name: %s}, spec: {ports: [{port: 80}]%s}}".formatted(name, spec));
  }

  private KubeObject address(String name) {
    return plane.get(Resources.IP_ADDRESSES, name).orElseThrow();
  }

  private static String ip(KubeObject service) {
    return service.spec().text("clusterIP");
  }

  @Test
  void saysThatARangeIsReadyAndProtectsIt() {
    KubeObject range = range("more", "172.16.0.0/24");
    assertThat(range.metadata().items("finalizers").texts())
        .containsExactly("networking.k8s.io/service-cidr-finalizer");
    Condition ready = Condition.find(range.status(), "Ready").orElseThrow();
    assertThat(ready.isTrue()).isTrue();
    assertThat(ready.tree().text("message")).isEqualTo("Kubernetes Service CIDR is ready");
  }

  @Test
  void keepsAnIpAddressForEachServiceAsLongAsThereIsOne() {
    KubeObject web = service("web", "");
    KubeObject address = address(ip(web));
    assertThat(address.labels())
        .containsEntry("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io")
        .containsEntry("ipaddress.kubernetes.io/ip-family", "IPv4");
    assertThat(address.spec().tree("parentRef"))
        .isEqualTo(
            ControlPlane.yaml("{group: '', resource: services, namespace: default, name: web}")
                .tree());
    plane.delete(Resources.IP_ADDRESSES, address, "");
    assertThat(plane.get(Resources.IP_ADDRESSES, ip(web))).as("made anew").isPresent();
    service("headless", ", clusterIP: None");
    assertThat(plane.list(Resources.IP_ADDRESSES)).hasSize(1);
    plane.delete(Resources.SERVICES, web, "");
    assertThat(plane.list(Resources.IP_ADDRESSES)).isEmpty();
  }

  @Test
  void givesAnAddressAnewThatAServiceHadAMomentAgo() {
    KubeObject one = service("one", ", clusterIP: 10.96.7.7");
    plane.delete(Resources.SERVICES, one, "");
    service("two", ", clusterIP: 10.96.7.7");
    assertThat(address("10.96.7.7").spec().text("parentRef", "name")).isEqualTo("two");
  }

  @Test
  void givesNoAddressThatSomebodyKeepsForHimself() {
    plane.create(
        Resources.IP_ADDRESSES,
        "{metadata: {name: 10.96.0.77}, spec: {parentRef: {group: example.com, resource: routers,"
            + " name: r}}}");
    assertThatThrownBy(() -> service("web", ", clusterIP: 10.96.0.77"))
        .hasMessageContaining("provided IP is already allocated");
    plane.advance(LONG);
    assertThat(plane.get(Resources.IP_ADDRESSES, "10.96.0.77")).as("is not ours").isPresent();
  }

  @Test
  void givesNobodyTheAddressOfAnotherWhoseServiceHadNone() {
    KubeObject web = service("web", ", clusterIP: 10.96.7.7");
    KubeObject other = service("other", ", type: ExternalName, externalName: example.com");
    for (String wish : new String[] {ip(web), "192.0.2.1"}) {
      KubeObject changed =
          other
              .without("spec", "externalName")
              .with("ClusterIP", "spec", "type")
              .with(wish, "spec", "clusterIP");
      assertThatThrownBy(() -> plane.update(Resources.SERVICES, changed))
          .hasMessageContaining("failed to allocate IP " + wish);
    }
  }

  @Test
  void givesAddressesOfAllRangesThatAreReady() {
    assertThatThrownBy(() -> service("early", ", clusterIP: 172.16.0.9"))
        .hasMessageContaining("The range of valid IPs is 10.96.0.0/12");
    KubeObject more = range("more", "172.16.0.0/28");
    KubeObject web = service("web", ", clusterIP: 172.16.0.9");
    assertThat(ip(web)).isEqualTo("172.16.0.9");
    plane.delete(Resources.SERVICE_CIDRS, more, "");
    assertThatThrownBy(() -> service("late", ", clusterIP: 172.16.0.10"))
        .as("it is to end")
        .hasMessageContaining("The range of valid IPs is 10.96.0.0/12");
  }

  @Test
  void letsNoRangeGoWhoseAddressesAreInUse() {
    KubeObject more = range("more", "172.16.0.0/24");
    KubeObject web = service("web", ", clusterIP: 172.16.0.9");
    plane.delete(Resources.SERVICE_CIDRS, more, "");
    plane.advance(LONG);
    KubeObject waits = plane.get(Resources.SERVICE_CIDRS, "more").orElseThrow();
    Condition ready = Condition.find(waits.status(), "Ready").orElseThrow();
    assertThat(ready.status()).isEqualTo("False");
    assertThat(ready.reason()).isEqualTo("Terminating");
    plane.delete(Resources.SERVICES, web, "");
    plane.advance(LONG);
    assertThat(plane.get(Resources.SERVICE_CIDRS, "more")).isEmpty();
  }

  @Test
  void letsARangeGoOnceAnotherHasItsAddresses() {
    KubeObject more = range("more", "172.16.0.0/24");
    service("web", ", clusterIP: 172.16.0.9");
    plane.delete(Resources.SERVICE_CIDRS, more, "");
    plane.advance(LONG);
    assertThat(plane.get(Resources.SERVICE_CIDRS, "more")).isPresent();
    range("wider", "172.16.0.0/20");
    plane.advance(LONG);
    assertThat(plane.get(Resources.SERVICE_CIDRS, "more")).isEmpty();
  }

  @Test
  void waitsBeforeItLetsARangeGo() {
    KubeObject more = range("more", "172.16.0.0/24");
    plane.delete(Resources.SERVICE_CIDRS, more, "");
    plane.advance(Duration.ofSeconds(8));
    assertThat(plane.get(Resources.SERVICE_CIDRS, "more")).isPresent();
    plane.advance(Duration.ofSeconds(4));
    assertThat(plane.get(Resources.SERVICE_CIDRS, "more")).isEmpty();
  }
}
