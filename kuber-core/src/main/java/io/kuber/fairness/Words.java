package io.kuber.fairness;

import io.kuber.object.Items;
import java.util.Set;

/** Words that a rule is about; {@code *} stands for any. */
record Words(Set<String> words, boolean any) {
  static Words of(Items items) {
    Set<String> words = Set.copyOf(items.texts());
    return new Words(words, words.contains("*"));
  }

  boolean have(String word) {
    return any || words.contains(word);
  }
}
