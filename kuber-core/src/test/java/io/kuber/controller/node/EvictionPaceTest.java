package io.kuber.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvictionPaceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private final List<KubeObject> nodes = new ArrayList<>();

  private KubeObject add(String zone, boolean ready) {
    Tree status =
        Condition.of("Ready", ready ? "True" : "Unknown", "r", "", NOW.minusSeconds(60))
            .putInto(Tree.EMPTY);
    KubeObject node =
        Resources.NODES
            .object("", "n%03d".formatted(nodes.size()))
            .with(status, "status")
            .with(zone, "metadata", "labels", "topology.kubernetes.io/zone");
    nodes.add(node);
    return node;
  }

  private KubeObject taint(KubeObject node, int secondsAgo) {
    Tree taint =
        Tree.of(
            "key", "node.kubernetes.io/unreachable",
            "effect", "NoExecute",
            "timeAdded", NOW.minusSeconds(secondsAgo).toString());
    KubeObject tainted = node.with(Items.of(taint), "spec", "taints");
    nodes.set(nodes.indexOf(node), tainted);
    return tainted;
  }

  private EvictionPace pace(KubeObject node) {
    return EvictionPace.of(node, nodes, NOW);
  }

  private static EvictionPace later(long seconds) {
    return new EvictionPace(false, Optional.of(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest(name = "{0} ill of {1}: {2}")
  @CsvSource({"1,3,now", "2,3,now", "3,5,10", "60,100,now", "5,5,never"})
  void dependsOnHowManyAreIll(int ill, int all, String pace) {
    for (int i = 0; i < all; i++) {
      add("a", i >= ill);
    }
    EvictionPace expected =
        switch (pace) {
          case "now" -> EvictionPace.NOW;
          case "never" -> EvictionPace.NEVER;
          default -> later(Long.parseLong(pace));
        };
    assertThat(pace(nodes.get(0))).isEqualTo(expected);
  }

  @Test
  void takesOneNodeAfterTheOther() {
    add("a", true);
    add("a", true);
    KubeObject first = add("a", false);
    KubeObject second = add("a", false);
    assertThat(pace(first)).isEqualTo(EvictionPace.NOW);
    assertThat(pace(second)).isEqualTo(later(10));
    KubeObject tainted = taint(first, 4);
    assertThat(pace(tainted)).isEqualTo(EvictionPace.NOW);
    assertThat(pace(second)).isEqualTo(later(6));
    taint(tainted, 10);
    assertThat(pace(second)).isEqualTo(EvictionPace.NOW);
  }

  @Test
  void goesSlowlyWhereMostOfLargeZoneIsIll() {
    for (int i = 0; i < 100; i++) {
      add("a", i >= 60);
    }
    taint(nodes.get(0), 30);
    assertThat(pace(nodes.get(1))).isEqualTo(later(70));
  }

  @Test
  void emptiesZoneThatIsWhollyLostWhileAnotherIsWell() {
    KubeObject lost = add("a", false);
    add("a", false);
    add("a", false);
    add("b", true);
    assertThat(pace(lost)).isEqualTo(EvictionPace.NOW);
  }

  @Test
  void waitsUntilItIsKnownWhoElseFellIll() {
    add("a", true);
    KubeObject ill = add("a", false);
    assertThat(EvictionPace.of(ill, nodes, NOW.minusSeconds(57))).isEqualTo(later(2));
  }

  @Test
  void keepsZonesApart() {
    add("a", true);
    taint(add("a", false), 1);
    add("b", true);
    assertThat(pace(add("b", false))).isEqualTo(EvictionPace.NOW);
  }
}
