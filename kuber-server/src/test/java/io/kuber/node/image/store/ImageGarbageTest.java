package io.kuber.node.image.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.store.ImageGarbage.Candidate;
import io.kuber.node.image.store.ImageGarbage.Disk;
import io.kuber.node.image.store.ImageGarbage.Plan;
import io.kuber.node.image.store.ImageGarbage.Policy;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageGarbageTest {
  private static final Instant NOW = Instant.EPOCH.plusSeconds(100_000);

  private static Digest id(int number) {
    return new Digest("sha256", "%064x".formatted(number));
  }

  /** An image of 10 bytes that was used and came so many seconds ago. */
  private static Candidate image(int number, long used, long detected, boolean isUsed) {
    return new Candidate(
        id(number), 10, NOW.minusSeconds(used), NOW.minusSeconds(detected), isUsed);
  }

  private static List<Digest> ids(Integer... numbers) {
    return Stream.of(numbers).map(ImageGarbageTest::id).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 16, 0, 0", // 84 % are used
    "100, 15, 5, 1", // 85 %: down to 80 %
    "100, 5, 15, 2",
    "100, 0, 20, 2",
    "1000, 10, 190, 4", // more than there is
    "0, 0, 0, 0", // a disk that says nothing of itself
  })
  void freesWhatLiesAboveTheLowerThreshold(long size, long free, long wanted, int images) {
    List<Candidate> four =
        List.of(
            image(1, 900, 9000, false),
            image(2, 800, 9000, false),
            image(3, 700, 9000, false),
            image(4, 600, 9000, false));
    Plan plan = ImageGarbage.plan(Policy.DEFAULT, new Disk(size, free), four, NOW);
    assertThat(plan.wantedBytes()).isEqualTo(wanted);
    assertThat(plan.images()).isEqualTo(ids(1, 2, 3, 4).subList(0, images));
    assertThat(plan.fallsShort()).isEqualTo(wanted > 40);
  }

  @Test
  void takesThoseFirstThatWereUsedLongestAgoAndSparesUsedAndNewOnes() {
    List<Candidate> images =
        List.of(
            image(1, 100, 9000, false),
            image(2, 5000, 9000, true),
            image(3, 5000, 119, false),
            image(4, 300, 9000, false),
            image(5, 300, 9500, false));
    Plan plan = ImageGarbage.plan(Policy.DEFAULT, new Disk(1000, 0), images, NOW);
    assertThat(plan.images()).isEqualTo(ids(5, 4, 1));
    assertThat(plan.fallsShort()).isTrue();
  }
}
