package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what has one owner as a whole in a configuration. */
final class Atomics {
  private final List<String> found = new ArrayList<>();

  private Atomics() {}

  /** What is wrong with laying such a configuration over an object. */
  static Optional<String> complaint(Typed config) {
    Atomics atomics = new Atomics();
    atomics.look(config.tree(), Place.of(config.type()), "");
    return atomics.found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
                + String.join(", ", atomics.found));
  }

  private void look(Object value, Place place, String path) {
    boolean isWhole = value instanceof Tree || value instanceof Items;
    if (isWhole && place.isAtomic() && !(place.shape() instanceof Scalar)) {
      found.add(path);
    } else if (value instanceof Tree tree) {
      tree.forEach((name, inner) -> look(inner, place.child(name), path + "." + name));
    } else if (value instanceof Items items) {
      for (int i = 0; i < items.size(); i++) {
        look(items.get(i), place.element(), path + "[" + i + "]");
      }
    }
  }
}
