package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.proxy.Balance.Reach;
import io.kuber.node.proxy.Balance.Without;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TreatmentTest {
  private static final Duration SOME_HOURS = Duration.ofHours(3);

  private static Treatment of(Reach reach, int endpoints, Duration affinity) {
    return new Treatment(false, reach, endpoints, 0, Without.REFUSE, affinity, false);
  }

  @Test
  void namesChainAfterAllThatMakesItDiffer() {
    assertThat(of(Reach.CLUSTER, 3, Duration.ZERO).chain()).isEqualTo("cluster-spread-3");
    assertThat(of(Reach.EXTERNAL, 1, SOME_HOURS).chain()).isEqualTo("external-stick-1-10800");
    assertThat(new Treatment(true, Reach.LOCAL, 5, 2, Without.REFUSE, Duration.ZERO, false).chain())
        .isEqualTo("node-local-spread-2-of-5");
    assertThat(
            new Treatment(false, Reach.EXTERNAL, 5, 0, Without.REFUSE, Duration.ZERO, true).chain())
        .isEqualTo("some-external-spread-5");
  }

  @Test
  void endsAlikeWhateverTheFrontEnd() {
    assertThat(of(Reach.EXTERNAL, 0, SOME_HOURS).chain())
        .isEqualTo(of(Reach.CLUSTER, 0, Duration.ZERO).chain())
        .isEqualTo(Treatment.REFUSE);
    assertThat(new Treatment(true, Reach.CLUSTER, 0, 0, Without.DROP, Duration.ZERO, false).chain())
        .isEqualTo(Treatment.DROP);
  }
}
