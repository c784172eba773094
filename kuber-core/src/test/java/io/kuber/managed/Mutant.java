package io.kuber.managed;

import io.kuber.loop.Entropy;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes objects at random; what it leaves alone stays the very same. */
final class Mutant {
  private final Entropy dice;

  Mutant(long seed) {
    dice = new SimulatedLoops(seed, Instant.EPOCH).entropy();
  }

  <T> T any(List<T> choices) {
    return choices.get(dice.below(choices.size()));
  }

  /** Another state of an object: some fields gone, some new, some with another value. */
  Tree change(Tree tree) {
    Tree.Builder changed = Tree.builder();
    tree.forEach(
        (name, value) -> {
          if (dice.below(14) > 0) {
            changed.put(name, dice.below(2) == 0 ? value : changed(value));
          }
        });
    if (dice.below(8) == 0 && !changed.has("odd")) {
      changed.put("odd", "value");
    }
    return changed.build();
  }

  private Object changed(Object value) {
    int choice = dice.below(20);
    if (choice < 3) {
      return any(List.of(Nil.NIL, Tree.EMPTY, Items.EMPTY));
    }
    if (value instanceof Tree tree) {
      return change(tree);
    }
    if (value instanceof Items items) {
      return change(items);
    }
    return value instanceof Long number ? number + dice.below(3) : value + "x";
  }

  private Items change(Items items) {
    List<Object> changed = new ArrayList<>();
    for (Object item : items) {
      int choice = dice.below(10);
      if (choice > 0) {
        changed.add(choice < 4 && item instanceof Tree tree ? change(tree) : item);
      }
      if (choice == 9) {
        changed.add(dice.below(changed.size() + 1), item);
      }
    }
    return Items.copyOf(changed);
  }
}
