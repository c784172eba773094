package io.kuber.managed;

import io.kuber.object.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists whose elements are told apart by key or value.
 *
 * <p>Elements of the configuration come out in its order; those that only the object has keep their
 * place behind the element they stood behind.
 */
final class ListMerger {
  private final Elements live;
  private final Elements config;
  private final Place element;
  private final List<Object> merged = new ArrayList<>();

  private ListMerger(Elements live, Elements config, Place element) {
    this.live = live;
    this.config = config;
    this.element = element;
  }

  static Items merge(Items live, Items config, Place place) {
    ListMerger merger =
        new ListMerger(
            Elements.of(live, place.list()), Elements.of(config, place.list()), place.element());
    merger.run(live);
    return Items.copyOf(merger.merged);
  }

  private void run(Items liveItems) {
    List<PathElement> below = live.order();
    List<PathElement> over = config.order();
    int shared = nextShared(0);
    int r = 0;
    for (int l = 0; l < below.size() || r < over.size(); ) {
      if (l < below.size() && config.count(below.get(l)) == 0) {
        merged.add(liveItems.get(l));
        l++;
      } else if (l < below.size() && !isAt(shared, below.get(l))) {
        l++; // Comes out, or came out, where the configuration has it.
      } else {
        merged.add(laidOver(over.get(r)));
        shared = r == shared ? nextShared(r + 1) : shared;
        r++;
      }
    }
  }

  private boolean isAt(int index, PathElement element) {
    return index < config.order().size() && config.order().get(index).equals(element);
  }

  /** The index of the next element of the configuration that the object has too. */
  private int nextShared(int from) {
    int index = from;
    while (index < config.order().size() && live.count(config.order().get(index)) == 0) {
      index++;
    }
    return index;
  }

  /** Elements that stand in the object twice are replaced, not merged. */
  private Object laidOver(PathElement path) {
    @Nullable Object old = live.count(path) == 1 ? live.first(path) : null;
    return Merger.merge(old, config.all(path).get(0), element);
  }
}
