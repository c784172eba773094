package io.kuber.testkit.junit;

import io.kuber.testkit.TestCluster;
import io.kuber.testkit.junit.Injectable.Handout;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a class or a method was handed: each thing once. For any thread. */
final class Handouts implements AutoCloseable {
  private final Map<String, Handout> handed = new LinkedHashMap<>();

  synchronized Object value(Injectable wanted, TestCluster cluster) throws Exception {
    Handout known = handed.get(wanted.name());
    if (known == null) {
      known = wanted.maker().of(cluster);
      handed.put(wanted.name(), known);
    }
    return known.value();
  }

  /** Closes all; may be repeated. */
  @Override
  public synchronized void close() {
    Closing.all(handed.values().stream().map(Handout::end).toList());
    handed.clear();
  }
}
