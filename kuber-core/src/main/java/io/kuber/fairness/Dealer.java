package io.kuber.fairness;

/**
 * Deals each flow a hand of queues (shuffle sharding): two flows share all of their queues almost
 * never, so that one which floods its own leaves the others a way.
 */
final class Dealer {
  private Dealer() {}

  /** So many different numbers below {@code deck} as the hand has, which the hash alone decides. */
  static long[] deal(long hash, long deck, int hand) {
    long rest = hash >>> 1;
    long[] cards = new long[hand];
    for (int i = 0; i < hand; i++) {
      long left = deck - i;
      long card = rest % left;
      rest /= left;
      cards[i] = unused(card, cards, i);
    }
    return cards;
  }

  /** The {@code nth} number that is not among the first {@code taken} cards. */
  private static long unused(long nth, long[] cards, int taken) {
    long card = nth;
    boolean moved = true;
    while (moved) {
      long below = nth;
      for (int i = 0; i < taken; i++) {
        below += cards[i] <= card ? 1 : 0;
      }
      moved = below != card;
      card = below;
    }
    return card;
  }

  /** Spreads names over all 64 bits, alike on every machine (FNV-1a, then a finaliser). */
  static long hash(String schema, String distinguisher) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < schema.length(); i++) {
      hash = (hash ^ schema.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ 0xffff) * 0x100000001b3L;
    for (int i = 0; i < distinguisher.length(); i++) {
      hash = (hash ^ distinguisher.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
