package io.kuber.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DealerTest {
  @Test
  void dealsDifferentQueuesOfTheDeck() {
    for (int i = 0; i < 10_000; i++) {
      long[] hand = Dealer.deal(Dealer.hash("schema", "user-" + i), 16, 4);
      assertThat(hand).doesNotHaveDuplicates();
      assertThat(Arrays.stream(hand)).allMatch(card -> card >= 0 && card < 16);
    }
  }

  @Test
  void dealsTheWholeDeckWhenTheHandIsAsLarge() {
    assertThat(Dealer.deal(Dealer.hash("a", "b"), 8, 8))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void usesAllQueuesAboutAlike() {
    int[] uses = new int[64];
    for (int i = 0; i < 10_000; i++) {
      for (long card : Dealer.deal(Dealer.hash("schema", "user-" + i), 64, 6)) {
        uses[(int) card]++;
      }
    }
    assertThat(Arrays.stream(uses)).allMatch(use -> use > 800 && use < 1080);
  }

  @Test
  void givesHardlyAnybodyTheSameHand() {
    Set<Set<Long>> hands = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      Set<Long> hand = new HashSet<>();
      Arrays.stream(Dealer.deal(Dealer.hash("schema", "user-" + i), 128, 6)).forEach(hand::add);
      hands.add(hand);
    }
    assertThat(hands).hasSize(1000);
  }

  @Test
  void tellsASchemaFromTheBeginningOfAName() {
    assertThat(Dealer.hash("ab", "c")).isNotEqualTo(Dealer.hash("a", "bc"));
  }
}
