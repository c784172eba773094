package io.kuber.view;

import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Which objects have a term, in the order of their keys. Owned by the loop of its view. */
final class Index {
  private final Function<Stored, List<String>> termsOf;
  private final Map<String, NavigableSet<Key>> keys = new HashMap<>();

  Index(Function<Stored, List<String>> termsOf) {
    this.termsOf = termsOf;
  }

  void add(Stored stored) {
    add(stored.key(), termsOf.apply(stored));
  }

  void remove(Stored stored) {
    remove(stored.key(), termsOf.apply(stored));
  }

  /** Most changes leave the terms as they are. */
  void replace(Stored before, Stored after) {
    List<String> old = termsOf.apply(before);
    List<String> terms = termsOf.apply(after);
    if (!old.equals(terms)) {
      remove(before.key(), old);
      add(after.key(), terms);
    }
  }

  private void add(Key key, List<String> terms) {
    for (String term : terms) {
      keys.computeIfAbsent(term, unused -> new TreeSet<>()).add(key);
    }
  }

  private void remove(Key key, List<String> terms) {
    for (String term : terms) {
      NavigableSet<Key> having = keys.get(term);
      if (having != null && having.remove(key) && having.isEmpty()) {
        keys.remove(term);
      }
    }
  }

  NavigableSet<Key> keys(String term) {
    return keys.getOrDefault(term, Collections.emptyNavigableSet());
  }
}
