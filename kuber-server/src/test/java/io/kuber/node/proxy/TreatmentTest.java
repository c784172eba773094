package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TreatmentTest {
  private static String chain(Frontend.Reach reach, int endpoints, Duration affinity) {
    return new Treatment(reach, endpoints, affinity).chain();
  }

  @Test
  void namesChainAfterAllThatMakesItDiffer() {
    assertThat(chain(Frontend.Reach.CLUSTER, 3, Duration.ZERO)).isEqualTo("cluster-spread-3");
    assertThat(chain(Frontend.Reach.NODE, 3, Duration.ofHours(3))).isEqualTo("node-stick-3-10800");
    assertThat(chain(Frontend.Reach.EXTERNAL, 1, Duration.ZERO)).isEqualTo("external-spread-1");
  }

  @Test
  void refusesAlikeWhateverTheFrontEnd() {
    assertThat(chain(Frontend.Reach.NODE, 0, Duration.ofHours(3)))
        .isEqualTo(chain(Frontend.Reach.CLUSTER, 0, Duration.ZERO));
  }
}
