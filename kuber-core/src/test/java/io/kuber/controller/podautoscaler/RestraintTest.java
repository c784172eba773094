package io.kuber.controller.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a recommendation, by upstream's rules (horizontal.go). An autoscaler goes from 2
 * to 20; histories are pairs of seconds ago and a number.
 */
final class RestraintTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static final String SLOW_UP =
      "scaleUp: {policies: [{type: Pods, value: 2, periodSeconds: 60}]}";

  private static final String SLOW_DOWN =
      "scaleDown: {stabilizationWindowSeconds: 0, policies: [{type: Percent, value: 10,"
          + " periodSeconds: 60}]}";

  private static final String EITHER =
      "scaleUp: {%s policies: [{type: Pods, value: 3, periodSeconds: 60}, {type: Percent, value:"
          + " 100, periodSeconds: 60}]}";

  private static KubeObject scaler(String behavior) {
    String spec =
        switch (behavior) {
          case "none" -> "";
          case "empty" -> ", behavior: {}";
          case "slow up" -> ", behavior: {" + SLOW_UP + "}";
          case "slow down" -> ", behavior: {" + SLOW_DOWN + "}";
          case "most" -> ", behavior: {" + EITHER.formatted("selectPolicy: Max,") + "}";
          case "least" -> ", behavior: {" + EITHER.formatted("selectPolicy: Min,") + "}";
          case "not up" -> ", behavior: {scaleUp: {selectPolicy: Disabled}}";
          case "not down" -> ", behavior: {scaleDown: {selectPolicy: Disabled}}";
          case "calm up" -> ", behavior: {scaleUp: {stabilizationWindowSeconds: 120}}";
          case "quick" -> ", behavior: {scaleDown: {stabilizationWindowSeconds: 0}}";
          default -> throw new IllegalArgumentException(behavior);
        };
    String text = "{spec: {minReplicas: 2, maxReplicas: 20%s}}".formatted(spec);
    Tree tree = Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
    return KubeObject.of(tree);
  }

  /** Entries such as {@code 30:5}, half a minute ago and five. */
  private static List<History.Entry> entries(String text) {
    return Stream.of(text.split(" "))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.split(":"))
        .map(
            entry ->
                new History.Entry(
                    NOW.minusSeconds(Long.parseLong(entry[0])), Long.parseLong(entry[1])))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // behavior, current, recommended, earlier recommendations, changes, replicas, able, limited
    "none,       5,   5, '',           '',       5,  ReadyForNewScale,    DesiredWithinRange",
    "none,       5,   8, '',           '',       8,  ReadyForNewScale,    DesiredWithinRange",
    "none,       5,  11, '',           '',       10, ReadyForNewScale,    ScaleUpLimit",
    "none,       2,   9, '',           '',       4,  ReadyForNewScale,    ScaleUpLimit",
    "none,      12,  30, '',           '',       20, ReadyForNewScale,    TooManyReplicas",
    "none,       5,   1, '',           '',       2,  ReadyForNewScale,    TooFewReplicas",
    "none,       5,   3, '299:5',      '',       5,  ScaleDownStabilized, DesiredWithinRange",
    "none,       5,   3, '301:5',      '',       3,  ReadyForNewScale,    DesiredWithinRange",
    "none,       5,   3, '299:8',      '',       8,  ScaleDownStabilized, DesiredWithinRange",
    "none,       5,   5, '299:8',      '',       8,  ScaleDownStabilized, DesiredWithinRange",
    "empty,      5,   3, '299:8',      '',       5,  ScaleDownStabilized, DesiredWithinRange",
    "empty,      5,  20, '',           '',       10, ReadyForNewScale,    ScaleUpLimit",
    "empty,      3,  20, '',           '',       7,  ReadyForNewScale,    ScaleUpLimit",
    "empty,      5,  20, '',           '10:3',   6,  ReadyForNewScale,    ScaleUpLimit",
    "empty,      5,  20, '',           '16:3',   10, ReadyForNewScale,    ScaleUpLimit",
    "empty,      5,  20, '',           '10:-3',  16, ReadyForNewScale,    ScaleUpLimit",
    "slow up,    5,  20, '',           '',       7,  ReadyForNewScale,    ScaleUpLimit",
    "slow up,    5,  20, '',           '59:1',   6,  ReadyForNewScale,    ScaleUpLimit",
    "slow up,    5,  20, '',           '59:4',   5,  ReadyForNewScale,    ScaleUpLimit",
    "slow up,   19,  30, '',           '',       20, ReadyForNewScale,    TooManyReplicas",
    "most,       2,  20, '',           '',       5,  ReadyForNewScale,    ScaleUpLimit",
    "most,       8,  20, '',           '',       16, ReadyForNewScale,    ScaleUpLimit",
    "least,      2,  20, '',           '',       4,  ReadyForNewScale,    ScaleUpLimit",
    "least,      8,  20, '',           '',       11, ReadyForNewScale,    ScaleUpLimit",
    "not up,     5,  20, '',           '',       5,  ReadyForNewScale,    ScaleUpLimit",
    "not down,   5,   3, '',           '',       5,  ReadyForNewScale,    ScaleDownLimit",
    "slow down, 15,   3, '',           '',       13, ReadyForNewScale,    ScaleDownLimit",
    "slow down, 15,   3, '',           '30:-5',  15, ReadyForNewScale,    ScaleDownLimit",
    "slow down, 15,   3, '',           '30:5',   9,  ReadyForNewScale,    ScaleDownLimit",
    "calm up,    5,   9, '60:6',       '',       6,  ScaleUpStabilized,   DesiredWithinRange",
    "calm up,    5,   9, '60:3',       '',       5,  ScaleUpStabilized,   DesiredWithinRange",
    "calm up,    5,   9, '121:3',      '',       9,  ReadyForNewScale,    DesiredWithinRange",
    "quick,      5,   3, '10:5',       '',       3,  ReadyForNewScale,    DesiredWithinRange",
    "quick,      5,   1, '',           '',       2,  ReadyForNewScale,    TooFewReplicas",
  })
  void restrains(
      String behavior,
      long current,
      long recommended,
      String recommendations,
      String changes,
      long replicas,
      String able,
      String limited) {
    History history = new History(entries(recommendations), entries(changes), Optional.empty());
    Restraint restraint = Restraint.of(scaler(behavior), current, recommended, history, NOW);
    assertThat(restraint.replicas()).isEqualTo(replicas);
    assertThat(restraint.able().name()).isEqualTo(able);
    assertThat(restraint.limited().name()).isEqualTo(limited);
    assertThat(restraint.isLimited()).isEqualTo(!limited.equals("DesiredWithinRange"));
  }
}
