package io.kuber.testkit.junit;

import java.util.ArrayList;
import java.util.List;

/** Closes several things, also when one of them fails. */
final class Closing {
  private Closing() {}

  /** Closes all in order, and complains at the end of those that failed. */
  static void all(List<? extends AutoCloseable> things) {
    List<Exception> failures = new ArrayList<>();
    for (AutoCloseable thing : things) {
      try {
        thing.close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IllegalStateException all =
          new IllegalStateException("something of the test could not be closed", failures.get(0));
      failures.stream().skip(1).forEach(all::addSuppressed);
      throw all;
    }
  }
}
