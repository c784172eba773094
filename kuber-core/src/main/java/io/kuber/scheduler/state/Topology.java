package io.kuber.scheduler.state;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The places that one label of nodes makes, numbered from zero; numbers of places that lost their
 * last node are used again. Owned by the scheduler's loop.
 */
final class Topology {
  static final int NOWHERE = -1;
  private static final int FEW = 16;

  private final String key;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int[] placeOfSlot = new int[0];
  private int[] members = new int[FEW];
  private int size;

  /** How many tallies count by these places. */
  int users;

  Topology(String key) {
    this.key = key;
  }

  /** Puts a node into its place. */
  void join(NodeState node) {
    int slot = node.slot();
    if (slot >= placeOfSlot.length) {
      int old = placeOfSlot.length;
      placeOfSlot = Arrays.copyOf(placeOfSlot, Math.max(slot + 1, old * 2));
      Arrays.fill(placeOfSlot, old, placeOfSlot.length, NOWHERE);
    }
    placeOfSlot[slot] = node.labels().get(key) instanceof String value ? numberOf(value) : NOWHERE;
  }

  private int numberOf(String value) {
    int place = numbers.computeIfAbsent(value, unused -> free.isEmpty() ? size++ : free.pop());
    if (place >= members.length) {
      members = Arrays.copyOf(members, members.length * 2);
    }
    members[place]++;
    return place;
  }

  /** Takes a node out of its place; its labels are still those with which it joined. */
  void leave(NodeState node) {
    int place = placeOfSlot[node.slot()];
    placeOfSlot[node.slot()] = NOWHERE;
    if (place != NOWHERE && --members[place] == 0) {
      numbers.remove(node.labels().text(key));
      free.push(place);
    }
  }

  /** The place of a node, or {@link #NOWHERE}. */
  int placeOf(NodeState node) {
    return placeOfSlot[node.slot()];
  }

  /** One more than the largest number in use. */
  int size() {
    return size;
  }
}
