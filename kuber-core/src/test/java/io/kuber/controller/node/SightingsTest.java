package io.kuber.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration GRACE = NodePlanner.GRACE;

  private final Sightings sightings = new Sightings();

  @Test
  void believesNodeThatSaysWhatMakesSense() {
    Instant said = NOW.minusSeconds(20);

    assertThat(sightings.heard("n", said, NOW)).isEqualTo(said);
    assertThat(sightings.heard("n", said, NOW.plus(GRACE))).isEqualTo(said);
  }

  @Test
  void hearsNodeWhoseClockIsWrongWheneverItSaysSomethingNew() {
    for (Duration off : new Duration[] {Duration.ofHours(-3), Duration.ofHours(3)}) {
      Instant said = NOW.plus(off);

      assertThat(sightings.heard("n", said, NOW)).isEqualTo(NOW);
      assertThat(sightings.heard("n", said, NOW.plusSeconds(5))).as("nothing new").isEqualTo(NOW);
      assertThat(sightings.heard("n", said.plusSeconds(10), NOW.plusSeconds(12)))
          .as("something new")
          .isEqualTo(NOW.plusSeconds(12));
    }
  }

  @Test
  void givesNodeWholeTimeAgainWhenLookingBegins() {
    assertThat(sightings.heard("n", NOW.minus(GRACE.multipliedBy(2)), NOW)).isEqualTo(NOW);
  }

  @Test
  void forgetsNodeThatIsGone() {
    Instant said = NOW.minus(GRACE.multipliedBy(2));
    sightings.heard("n", said, NOW);
    sightings.forget("n");

    assertThat(sightings.heard("n", said, NOW.plusSeconds(7))).isEqualTo(NOW.plusSeconds(7));
  }
}
