package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;
import org.jspecify.annotations.Nullable;

/** Lays an applied configuration over an object: what it says wins, what it does not say stays. */
final class Merger {
  private Merger() {}

  /** The object with the configuration laid over it; throws {@link MisfitException}. */
  static Tree merge(Tree live, Tree config, TypeSchema type) {
    return fields(live, config, Place.of(type));
  }

  /** The one value laid over the other. */
  static Object merge(@Nullable Object live, Object config, Place place) {
    if (live == null || place.isLeaf(config == Nil.NIL ? live : config)) {
      return config;
    }
    if (live instanceof Tree below && !place.isLeaf(live)) {
      return config instanceof Tree over
          ? fields(below, over, place)
          : config == Nil.NIL && !below.isEmpty() ? live : config;
    }
    if (live instanceof Items below && config instanceof Items over && !place.isLeaf(live)) {
      return below.isEmpty() ? over : ListMerger.merge(below, over, place);
    }
    return config == Nil.NIL && live instanceof Items items && !items.isEmpty() ? live : config;
  }

  private static Tree fields(Tree live, Tree config, Place place) {
    Tree.Builder merged = Tree.builder();
    live.forEach(merged::put);
    Lookup inLive = new Lookup(live);
    boolean changed = false;
    for (int i = 0; i < config.size(); i++) {
      String name = config.nameAt(i);
      Object old = inLive.get(name, i);
      Object value = merge(old, config.valueAt(i), place.child(name));
      if (value != old) {
        merged.put(name, value);
        changed = true;
      }
    }
    return changed ? merged.build() : live;
  }
}
