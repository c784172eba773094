package io.kuber.controller.servicelb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that get addresses, keep them and give them back. */
final class BalancerControllerTest {
  private static final String FIRST = "192.0.2.10";
  private static final String SECOND = "192.0.2.11";

  private final ControlPlane cluster = of("192.0.2.10-192.0.2.11");

  private static ControlPlane of(String pool) {
    return new ControlPlane(new BalancerController(BalancerPool.parse(pool)));
  }

  private KubeObject service(String name, String further) {
    return service(cluster, name, further);
  }

  private static KubeObject service(ControlPlane cluster, String name, String further) {
    return cluster.create(
        Resources.SERVICES,
        "{metadata: {name: %s}, spec: {type: LoadBalancer, ports: [{port: 80}], %s}}"
            .formatted(name, further));
  }

  private KubeObject service(String name) {
    return cluster.get(Resources.SERVICES, name).orElseThrow();
  }

  private String address(String name) {
    return String.join(",", Balancing.addresses(service(name)));
  }

  private List<String> events(String name) {
    return cluster.list(Resources.EVENTS).stream()
        .filter(event -> event.tree().text("involvedObject", "name").equals(name))
        .map(event -> event.tree().text("reason") + ": " + event.tree().text("message"))
        .collect(Collectors.toList());
  }

  private void change(String name, String field, Object value) {
    cluster.update(Resources.SERVICES, service(name).with(value, "spec", field));
  }

  private void delete(String name) {
    cluster.delete(Resources.SERVICES, service(name), "");
  }

  @Test
  void givesTheLowestAddressThatIsFreeAndSaysSo() {
    service("a", "");
    service("b", "");
    assertThat(List.of(address("a"), address("b"))).containsExactly(FIRST, SECOND);
    assertThat(service("a").status().items("loadBalancer", "ingress").trees())
        .containsExactly(Tree.of("ip", FIRST, "ipMode", "VIP"));
    assertThat(events("a")).containsExactly("EnsuredLoadBalancer: Ensured load balancer");
  }

  @Test
  void waitsForAnAddressThatSomebodyGivesBack() {
    service("a", "");
    service("b", "");
    service("c", "");
    assertThat(address("c")).isEmpty();
    assertThat(events("c"))
        .containsExactly(
            "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load balancer:"
                + " all 2 addresses of 192.0.2.10-192.0.2.11 are in use; delete a service of type"
                + " LoadBalancer, or start with more in --load-balancer-addresses");
    delete("a");
    assertThat(address("c")).isEqualTo(FIRST);
    assertThat(address("b")).isEqualTo(SECOND);
  }

  @Test
  void takesTheAddressBackFromOneThatIsOfAnotherTypeNow() {
    service("a", "");
    service("b", "");
    service("c", "");
    change("a", "type", "NodePort");
    assertThat(address("a")).isEmpty();
    assertThat(address("c")).isEqualTo(FIRST);
    change("a", "type", "LoadBalancer");
    assertThat(address("a")).isEmpty();
    delete("b");
    assertThat(address("a")).isEqualTo(SECOND);
  }

  @Test
  void givesTheAddressThatIsAskedForToWhoeverAsksFirst() {
    service("a", "loadBalancerIP: 192.0.2.11");
    service("b", "loadBalancerIP: 192.0.2.11");
    service("c", "");
    assertThat(List.of(address("a"), address("b"), address("c")))
        .containsExactly(SECOND, "", FIRST);
    assertThat(events("b"))
        .containsExactly(
            "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load balancer:"
                + " loadBalancerIP 192.0.2.11 belongs to service default/a");
    delete("a");
    assertThat(address("b")).isEqualTo(SECOND);
  }

  @Test
  void movesWhenAnotherAddressIsAskedFor() {
    service("a", "");
    assertThat(address("a")).isEqualTo(FIRST);
    change("a", "loadBalancerIP", SECOND);
    assertThat(address("a")).isEqualTo(SECOND);
    change("a", "loadBalancerIP", "198.51.100.1");
    assertThat(address("a")).isEmpty();
    assertThat(events("a"))
        .contains(
            "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load balancer:"
                + " loadBalancerIP 198.51.100.1 is not one of 192.0.2.10-192.0.2.11");
  }

  @ParameterizedTest
  @CsvSource({
    "''                                           , 192.0.2.10",
    "loadBalancerClass: kuber.io/load-balancer    , 192.0.2.10",
    "loadBalancerClass: example.com/other         , ''",
  })
  void servesItsClassAndThoseWithoutOne(String further, String expected) {
    service("a", further);
    assertThat(address("a")).isEqualTo(expected);
  }

  @Test
  void leavesAnAddressAloneThatAnotherBalancerUses() {
    service("other", "loadBalancerClass: example.com/other");
    cluster.status(Resources.SERVICES, "other", "{loadBalancer: {ingress: [{ip: 192.0.2.10}]}}");
    service("a", "");
    assertThat(address("a")).isEqualTo(SECOND);
    assertThat(address("other")).isEqualTo(FIRST);
  }

  @Test
  void putsWhatSomebodyElseWroteRight() {
    service("a", "");
    cluster.status(
        Resources.SERVICES, "a", "{loadBalancer: {ingress: [{hostname: balancer.example}]}}");
    assertThat(address("a")).isEqualTo(FIRST);
    cluster.status(
        Resources.SERVICES,
        "a",
        "{loadBalancer: {ingress: [{ip: 198.51.100.1}, {ip: 192.0.2.11}]}}");
    assertThat(address("a")).isEqualTo(SECOND);
  }

  @Test
  void keepsTheOlderWhereTwoHaveOne() {
    service("a", "");
    service("b", "");
    cluster.status(
        Resources.SERVICES, "b", "{loadBalancer: {ingress: [{ip: 192.0.2.10, ipMode: VIP}]}}");
    assertThat(List.of(address("a"), address("b"))).containsExactly(FIRST, SECOND);
  }

  @Test
  void doesNothingWithoutAPool() {
    ControlPlane other = new ControlPlane(new BalancerController(BalancerPool.NONE));
    service(other, "a", "");
    assertThat(other.get(Resources.SERVICES, "a").orElseThrow().status().tree("loadBalancer"))
        .isEqualTo(Tree.EMPTY);
    assertThat(other.list(Resources.EVENTS)).isEmpty();
  }
}
