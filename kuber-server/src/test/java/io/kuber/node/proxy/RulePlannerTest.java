package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.Balance.Reach;
import io.kuber.node.proxy.Balance.Without;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RulePlannerTest {
  private static final Frontend CLUSTER = at("10.96.0.1");
  private static final Frontend NODE = Frontend.node(Protocol.TCP, 30_443);
  private static final Endpoint ENDPOINT = new Endpoint(Ipv4.parse("10.244.0.2"), 8443);
  private static final Backend HERE = new Backend("10.244.0.2", 8443).on("node-1");
  private static final Backend THERE = new Backend("10.244.1.2", 8443).on("node-2");
  private static final ServicePort WEB = port("web", "10.96.0.1", 30_443);
  private static final Outside LOCAL =
      new Outside(List.of("192.0.2.9"), List.of("203.0.113.7"), List.of(), true);

  private static Frontend at(String address) {
    return new Frontend(Ipv4.parse(address), Protocol.TCP, 443);
  }

  private static ServicePort port(String name, String clusterIp, int nodePort) {
    return ServicePort.of("default", name, "", Protocol.TCP, clusterIp, 443, nodePort);
  }

  private static RulePlanner.Plan plan(ServicePort port, Backend... backends) {
    ServedPort served = new ServedPort(port, List.of(backends));
    return RulePlanner.planAll(new Services("node-1", "", List.of(served)));
  }

  private static Map<Frontend, Balance> rules(ServicePort port, Backend... backends) {
    return plan(port, backends).rules().rules();
  }

  private static List<Endpoint> to(Backend... backends) {
    return List.of(backends).stream().map(Endpoint::of).toList();
  }

  @Test
  void servesClusterAddressAndNodePort() {
    assertThat(rules(WEB, HERE))
        .containsExactly(
            Map.entry(CLUSTER, Balance.of(Reach.CLUSTER, to(HERE), Without.REFUSE)),
            Map.entry(NODE, Balance.of(Reach.EXTERNAL, to(HERE), Without.REFUSE)));
  }

  @Test
  void servesNothingForHeadlessService() {
    assertThat(plan(port("web", "", 0)).rules()).isEqualTo(RuleSet.EMPTY);
  }

  @Test
  void servesHostPortWithoutClusterAddress() {
    assertThat(rules(port("pod", "", 8080))).containsOnlyKeys(Frontend.node(Protocol.TCP, 8080));
  }

  @Test
  void refusesWithoutBackends() {
    assertThat(rules(WEB).get(CLUSTER))
        .isEqualTo(Balance.of(Reach.CLUSTER, List.of(), Without.REFUSE));
  }

  @Test
  void dropsWhereOnlyOtherNodesHaveBackends() {
    assertThat(rules(WEB.stayingHere(), THERE).get(CLUSTER))
        .isEqualTo(Balance.of(Reach.CLUSTER, List.of(), Without.DROP));
    assertThat(rules(WEB.stayingHere(), THERE, HERE).get(CLUSTER))
        .isEqualTo(Balance.of(Reach.CLUSTER, to(HERE), Without.DROP));
  }

  @Test
  void leadsTheWorldToBackendsOfThisNodeWhereTheServiceWantsThat() {
    Balance balance = Balance.local(to(HERE, THERE), to(HERE));
    assertThat(rules(WEB.reached(LOCAL), THERE, HERE))
        .containsEntry(NODE, balance)
        .containsEntry(at("192.0.2.9"), balance)
        .containsEntry(at("203.0.113.7"), balance)
        .containsEntry(CLUSTER, Balance.of(Reach.CLUSTER, to(HERE, THERE), Without.REFUSE));
  }

  @Test
  void admitsSomeClientsToAddressesOfBalancersOnly() {
    Outside some =
        new Outside(List.of(), List.of("203.0.113.7"), List.of("10.0.0.0/8", "10.1.0.0/16"), false);
    Balance all = Balance.of(Reach.EXTERNAL, to(HERE), Without.REFUSE);
    assertThat(rules(WEB.reached(some), HERE))
        .containsEntry(at("203.0.113.7"), all.only(AddressRanges.ofBlock("10.0.0.0/8")))
        .containsEntry(NODE, all);
  }

  @Test
  void servesEndingBackendsAsTheLastResort() {
    assertThat(rules(WEB, HERE.ending(), THERE).get(CLUSTER))
        .isEqualTo(Balance.of(Reach.CLUSTER, to(THERE), Without.REFUSE));
    assertThat(rules(WEB, HERE.ending(), THERE.ending()).get(CLUSTER))
        .isEqualTo(Balance.of(Reach.CLUSTER, to(HERE, THERE), Without.REFUSE));
  }

  @Test
  void ordersBackendsAndDropsRepetitions() {
    Backend low = new Backend("10.244.0.2", 8443);
    Backend high = new Backend("10.244.0.10", 8443);
    assertThat(plan(WEB, high, low, high)).isEqualTo(plan(WEB, low, high));
  }

  @Test
  void givesContestedFrontEndToTheFirst() {
    ServedPort first = new ServedPort(WEB, List.of(HERE));
    ServedPort second = new ServedPort(port("second", "10.96.0.1", 0), List.of());
    ServedPort outside =
        new ServedPort(
            port("third", "10.96.0.3", 0)
                .reached(new Outside(List.of("10.96.0.1"), List.of(), List.of(), false)),
            List.of(THERE));
    Services services = new Services("node-1", "", List.of(first, second, outside));
    assertThat(RulePlanner.planAll(services).rules().rules())
        .containsEntry(CLUSTER, Balance.of(Reach.CLUSTER, List.of(ENDPOINT), Without.REFUSE))
        .containsOnlyKeys(CLUSTER, NODE, at("10.96.0.3"));
  }

  @Test
  void refusesIpv6WithReasonAndServesTheRest() {
    ServedPort six = new ServedPort(port("six", "fd00::1", 0), List.of());
    ServedPort four = new ServedPort(port("four", "10.96.0.1", 0), List.of());
    RulePlanner.Plan plan = RulePlanner.planAll(new Services("", "", List.of(six, four)));
    assertThat(plan.rules().rules()).containsOnlyKeys(CLUSTER);
    assertThat(plan.refusals())
        .singleElement()
        .asString()
        .startsWith("service default/six: address fd00::1 is IPv6;");
  }
}
