package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleSetDiffTest {
  private static final Frontend A = Frontend.node(Protocol.TCP, 1);
  private static final Frontend B = Frontend.node(Protocol.UDP, 1);
  private static final Balance NONE =
      Balance.of(Balance.Reach.CLUSTER, List.of(), Balance.Without.REFUSE);
  private static final Balance ONE =
      Balance.of(
          Balance.Reach.CLUSTER,
          List.of(new Endpoint(Ipv4.parse("10.0.0.1"), 80)),
          Balance.Without.REFUSE);

  private static RuleSetDiff diff(Map<Frontend, Balance> before, Map<Frontend, Balance> after) {
    return RuleSetDiff.between(new RuleSet(before), new RuleSet(after));
  }

  @Test
  void isEmptyBetweenEqualSets() {
    assertThat(diff(Map.of(A, ONE, B, NONE), Map.of(B, NONE, A, ONE)).isEmpty()).isTrue();
  }

  @Test
  void tellsRemovedChangedAndAddedApart() {
    assertThat(diff(Map.of(A, ONE), Map.of(B, ONE)))
        .isEqualTo(
            new RuleSetDiff(
                List.of(new RuleSetDiff.Rule(A, ONE)),
                List.of(),
                List.of(new RuleSetDiff.Rule(B, ONE))));
    assertThat(diff(Map.of(A, ONE), Map.of(A, NONE)))
        .isEqualTo(
            new RuleSetDiff(List.of(), List.of(new RuleSetDiff.Change(A, ONE, NONE)), List.of()));
  }

  @Test
  void saysHowMuchItChanges() {
    assertThat(diff(Map.of(), Map.of(A, ONE, B, ONE)).summary())
        .isEqualTo("add 2, change 0, remove 0 service addresses");
  }
}
