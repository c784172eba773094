package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.ConnectionTracking.Flows;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StaleFlowsTest {
  private static final Ipv4 SERVICE = Ipv4.parse("10.96.0.10");
  private static final Frontend UDP = new Frontend(SERVICE, Protocol.UDP, 53);
  private static final Frontend TCP = new Frontend(SERVICE, Protocol.TCP, 53);

  private static Balance to(String... addresses) {
    List<Endpoint> endpoints =
        Stream.of(addresses).map(address -> new Endpoint(Ipv4.parse(address), 53)).toList();
    return Balance.of(Balance.Reach.CLUSTER, endpoints, Balance.Without.REFUSE);
  }

  private static List<Flows> stale(
      Frontend frontend, Balance before, Map<Frontend, Balance> after) {
    return StaleFlows.of(
        RuleSetDiff.between(new RuleSet(Map.of(frontend, before)), new RuleSet(after)));
  }

  private static Flows from(String address) {
    return new Flows(SERVICE.inet(), 17, 53, Ipv4.parse(address).inet());
  }

  @Test
  void areThoseOfEndpointsThatLeft() {
    assertThat(stale(UDP, to("10.0.0.1", "10.0.0.2"), Map.of(UDP, to("10.0.0.2", "10.0.0.3"))))
        .containsExactly(from("10.0.0.1"));
  }

  @Test
  void areAllOfServiceThatEnded() {
    assertThat(stale(UDP, to("10.0.0.1", "10.0.0.2"), Map.of()))
        .containsExactly(from("10.0.0.1"), from("10.0.0.2"));
  }

  @Test
  void areNoneOfTcp() {
    assertThat(stale(TCP, to("10.0.0.1"), Map.of())).isEmpty();
  }
}
