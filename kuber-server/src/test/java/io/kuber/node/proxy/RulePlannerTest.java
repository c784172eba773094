package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.Ipv4;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RulePlannerTest {
  private static final Frontend CLUSTER =
      Frontend.cluster(Ipv4.parse("10.96.0.1"), Protocol.TCP, 443);
  private static final Endpoint ENDPOINT = new Endpoint(Ipv4.parse("10.244.0.2"), 8443);

  private static ServicePort port(String name, String clusterIp, int nodePort) {
    return ServicePort.of("default", name, "", Protocol.TCP, clusterIp, 443, nodePort);
  }

  private static RulePlanner.Plan plan(ServicePort port, Backend... backends) {
    return RulePlanner.plan(List.of(port), Map.of(port.key(), List.of(backends)));
  }

  @Test
  void servesClusterAddressAndNodePortAlike() {
    RulePlanner.Plan plan = plan(port("web", "10.96.0.1", 30_443), new Backend("10.244.0.2", 8443));
    Balance balance = new Balance(List.of(ENDPOINT), Duration.ZERO);
    assertThat(plan.rules().rules())
        .containsExactly(
            Map.entry(CLUSTER, balance), Map.entry(Frontend.node(Protocol.TCP, 30_443), balance));
  }

  @Test
  void servesNothingForHeadlessService() {
    assertThat(plan(port("web", "", 0)).rules()).isEqualTo(RuleSet.EMPTY);
  }

  @Test
  void servesHostPortWithoutClusterAddress() {
    assertThat(plan(port("pod", "", 8080)).rules().rules())
        .containsOnlyKeys(Frontend.node(Protocol.TCP, 8080));
  }

  @Test
  void refusesWithoutBackends() {
    Balance balance = plan(port("web", "10.96.0.1", 0)).rules().rules().get(CLUSTER);
    assertThat(balance).isNotNull().matches(Balance::refuses);
  }

  @Test
  void ordersBackendsAndDropsRepetitions() {
    Backend low = new Backend("10.244.0.2", 8443);
    Backend high = new Backend("10.244.0.10", 8443);
    assertThat(plan(port("web", "10.96.0.1", 0), high, low, high))
        .isEqualTo(plan(port("web", "10.96.0.1", 0), low, high));
  }

  @Test
  void givesContestedFrontEndToTheFirst() {
    ServicePort first = port("first", "10.96.0.1", 0);
    ServicePort second = port("second", "10.96.0.1", 0);
    Map<ServicePort.Key, List<Backend>> backends =
        Map.of(first.key(), List.of(new Backend("10.244.0.2", 8443)));
    assertThat(RulePlanner.plan(List.of(first, second), backends).rules().rules())
        .containsOnly(Map.entry(CLUSTER, new Balance(List.of(ENDPOINT), Duration.ZERO)));
  }

  @Test
  void refusesIpv6WithReasonAndServesTheRest() {
    ServicePort six = port("six", "fd00::1", 0);
    ServicePort four = port("four", "10.96.0.1", 0);
    RulePlanner.Plan plan = RulePlanner.plan(List.of(six, four), Map.of());
    assertThat(plan.rules().rules()).containsOnlyKeys(CLUSTER);
    assertThat(plan.refusals())
        .singleElement()
        .asString()
        .startsWith("service default/six: address fd00::1 is IPv6;");
  }
}
