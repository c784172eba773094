package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.NodePath.Direct;
import io.kuber.node.network.NodePath.Tunnelled;
import io.kuber.node.network.PathPlanner.Lan;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PathPlannerTest {
  private static final PodNetworkConfig OWN = PodNetworkConfig.standard("kuber0").ofNode(1);
  private static final Lan LAN = new Lan(2, Ipv4Block.parse("192.168.1.0/24"));

  private static NodeReach node(String name, String address, String pods) {
    return new NodeReach(name, Ipv4.parse(address), Ipv4Block.parse(pods));
  }

  private static Collection<NodePath> plan(List<Lan> lans, NodeReach... others) {
    return PathPlanner.plan(OWN, lans, List.of(others)).values();
  }

  private static NodePath direct(String pods, String node, int link) {
    return new Direct(Ipv4Block.parse(pods), Ipv4.parse(node), link);
  }

  private static NodePath tunnelled(String pods, String node) {
    return new Tunnelled(Ipv4Block.parse(pods), Ipv4.parse(node));
  }

  @Test
  void choosesForEachNodeByItself() {
    assertThat(
            plan(
                List.of(LAN),
                node("b", "192.168.1.2", "10.244.1.0/24"),
                node("c", "192.168.2.2", "10.244.2.0/24")))
        .containsExactly(
            direct("10.244.1.0/24", "192.168.1.2", 2), tunnelled("10.244.2.0/24", "192.168.2.2"));
  }

  @Test
  void goesByTheNarrowestNetworkThatBothAreOn() {
    Lan wide = new Lan(3, Ipv4Block.parse("192.168.0.0/16"));
    assertThat(plan(List.of(wide, LAN), node("b", "192.168.1.2", "10.244.1.0/24")))
        .containsExactly(direct("10.244.1.0/24", "192.168.1.2", 2));
    assertThat(plan(List.of(LAN, wide), node("c", "192.168.2.2", "10.244.2.0/24")))
        .containsExactly(direct("10.244.2.0/24", "192.168.2.2", 3));
  }

  @Test
  void tunnelsWhereTheNodeIsOnNoNetworkAtAll() {
    assertThat(plan(List.of(), node("b", "192.168.1.2", "10.244.1.0/24")))
        .containsExactly(tunnelled("10.244.1.0/24", "192.168.1.2"));
  }

  @Test
  void leadsNobodyToAddressesThatAreNotANodes() {
    assertThat(
            plan(
                List.of(LAN),
                node("own", "192.168.1.3", "10.244.0.0/24"),
                node("within own", "192.168.1.3", "10.244.0.128/25"),
                node("around own", "192.168.1.3", "10.244.0.0/16"),
                node("elsewhere", "192.168.1.4", "172.16.0.0/24"),
                node("everywhere", "192.168.1.5", "10.0.0.0/8")))
        .isEmpty();
  }

  @Test
  void givesAddressesThatTwoClaimToTheFirstByName() {
    assertThat(
            plan(
                List.of(LAN),
                node("c", "192.168.1.3", "10.244.1.0/24"),
                node("b", "192.168.1.2", "10.244.1.0/24")))
        .containsExactly(direct("10.244.1.0/24", "192.168.1.2", 2));
  }
}
