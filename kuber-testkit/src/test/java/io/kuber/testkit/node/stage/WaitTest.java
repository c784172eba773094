package io.kuber.testkit.node.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.Entropy;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long pods wait. */
final class WaitTest {
  private static final KubeObject POD = KubeObject.of("v1", "Pod", "default", "web");

  private final Entropy entropy = new SimulatedLoops(4, Instant.EPOCH).entropy();

  @Test
  void addsJitterThatFillsItsRange() {
    Wait wait = new Wait.Time(Duration.ofSeconds(1), Duration.ofMillis(3));
    assertThat(
            IntStream.range(0, 200)
                .mapToObj(i -> wait.of(POD, 1, entropy).orElseThrow().toMillis())
                .distinct())
        .containsExactlyInAnyOrder(1000L, 1001L, 1002L, 1003L);
  }

  @ParameterizedTest
  @CsvSource({"-1,10", "0,10", "1,10", "2,20", "3,40", "5,160", "6,300", "1000,300"})
  void doublesWithEachAttemptUpToItsLimit(int attempt, int seconds) {
    assertThat(DefaultStages.BACK_OFF.of(POD, attempt, entropy))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"30,30", "30s,30", "1m30s,90", "soon,-1", "-3s,-1", "'',-1"})
  void readsAnnotation(String text, int seconds) {
    Tree annotations = Tree.of(DefaultStages.COMPLETE_AFTER, text);
    KubeObject pod = POD.with(annotations, "metadata", "annotations");
    assertThat(
            new Wait.Annotated(DefaultStages.COMPLETE_AFTER)
                .of(pod, 1, entropy)
                .map(Duration::toSeconds))
        .isEqualTo(seconds < 0 ? Optional.empty() : Optional.of((long) seconds));
  }
}
