package io.kuber.testkit.check;

import java.util.BitSet;

/**
 * How far a search has come: which calls have their place in the order already, and the state that
 * these lead to. Two ways to the same place need to be followed once only.
 *
 * @param low all known calls before this one are in the order
 * @param above which of the known calls from {@code low} on are; never the first
 * @param unknown which of the calls with an unknown answer took effect
 */
record Place(int low, BitSet above, BitSet unknown, KeyState state) {
  static Place begin(KeyState state) {
    return new Place(0, new BitSet(), new BitSet(), state);
  }

  boolean has(int known) {
    return known < low || above.get(known - low);
  }

  boolean hasUnknown(int call) {
    return unknown.get(call);
  }

  Place with(int known, KeyState after) {
    BitSet more = (BitSet) above.clone();
    more.set(known - low);
    int shift = more.nextClearBit(0);
    return new Place(low + shift, more.get(shift, Math.max(shift, more.length())), unknown, after);
  }

  Place withUnknown(int call, KeyState after) {
    BitSet more = (BitSet) unknown.clone();
    more.set(call);
    return new Place(low, above, more, after);
  }
}
