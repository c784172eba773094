package io.kuber.server.metric;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One value per combination of labels, up to a bound; whatever is beyond it shares one value. For
 * any thread.
 */
final class Series<T> {
  /** Combinations of labels that one family tells apart. */
  private static final int MAX_SERIES = 10_000;

  private static final String BEYOND = "other";

  private final Map<List<String>, T> values = new ConcurrentHashMap<>();
  private final List<String> beyond;
  private final Supplier<T> make;

  Series(int labels, Supplier<T> make) {
    this.beyond = Collections.nCopies(labels, BEYOND);
    this.make = make;
  }

  T at(List<String> labels) {
    T known = values.get(labels);
    if (known != null) {
      return known;
    }
    List<String> key = values.size() < MAX_SERIES ? List.copyOf(labels) : beyond;
    return values.computeIfAbsent(key, added -> make.get());
  }

  /** Calls {@code action} in the order of the labels. */
  void forEach(BiConsumer<List<String>, T> action) {
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Series::compare))
        .forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
  }

  private static int compare(List<String> left, List<String> right) {
    return String.join("\0", left).compareTo(String.join("\0", right));
  }
}
