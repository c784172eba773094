package io.kuber.controller.nodeipam;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Blocks of pod addresses for nodes that ask. */
final class PodBlockPlannerTest {
  private static KubeObject node(String name, String block) {
    KubeObject node = Resources.NODES.object("", name);
    return block.isEmpty() ? node : node.with(block, "spec", "podCIDR");
  }

  private static KubeObject asking(String name, String block) {
    return node(name, block)
        .with(PodBlockPlanner.WANTED, "metadata", "annotations", PodBlockPlanner.WISH);
  }

  private static String given(Plan plan) {
    return plan.actions().stream()
        .map(
            action ->
                action instanceof Action.Update update
                    ? update.object().name() + "=" + update.object().spec().text("podCIDR")
                    : ((Action.Emit) action).note().reason())
        .collect(Collectors.joining(" "));
  }

  @Test
  void givesTheLowestFreeBlocksToThoseWhoAsk() {
    List<KubeObject> nodes =
        List.of(
            asking("a", ""),
            asking("b", "10.244.1.0/24"),
            node("c", "10.244.0.0/24"),
            asking("d", ""),
            node("e", ""));
    assertThat(given(PodBlockPlanner.plan(AddressRange.PODS, nodes)))
        .isEqualTo("a=10.244.2.0/24 d=10.244.3.0/24");
  }

  @Test
  void leavesThoseAloneWhoHaveOne() {
    assertThat(
            PodBlockPlanner.plan(AddressRange.PODS, List.of(asking("a", "10.244.7.0/24")))
                .actions())
        .isEmpty();
  }

  @Test
  void givesBlocksOfOtherAddressesAndKeepsTheLast() {
    AddressRange four = AddressRange.parse("172.20.4.0/22");
    List<KubeObject> nodes =
        List.of(asking("a", ""), asking("b", ""), asking("c", ""), asking("d", ""));
    assertThat(given(PodBlockPlanner.plan(four, nodes)))
        .isEqualTo("a=172.20.4.0/24 b=172.20.5.0/24 c=172.20.6.0/24 CIDRNotAvailable");
  }

  @Test
  void tellsWhenThereIsNoneLeft() {
    List<KubeObject> nodes = new ArrayList<>();
    for (int i = 0; i < 255; i++) {
      nodes.add(node("n" + i, "10.244." + i + ".0/24"));
    }
    nodes.add(asking("x", ""));
    assertThat(given(PodBlockPlanner.plan(AddressRange.PODS, nodes))).isEqualTo("CIDRNotAvailable");
  }
}
