package io.kuber.testkit.junit;

import io.kuber.testkit.TestCluster;
import java.lang.reflect.Parameter;
import java.util.function.Predicate;

/**
 * Something that tests may have as a parameter.
 *
 * @param name tells one from another
 * @param fits whether it is what a parameter asks for
 * @param maker makes one for a cluster
 */
record Injectable(String name, Predicate<Parameter> fits, Maker maker) {
  /** Makes what is handed over. */
  @FunctionalInterface
  interface Maker {
    Handout of(TestCluster cluster) throws Exception;
  }

  /**
   * Something handed to a test.
   *
   * @param value what the test gets
   * @param end what has to be done when the test has ended
   */
  record Handout(Object value, AutoCloseable end) {
    /** Something that outlives the test. */
    static Handout lasting(Object value) {
      return new Handout(value, () -> {});
    }
  }

  /** Parameters of exactly this type; named by a text, since its library may be missing. */
  static Injectable ofType(String type, Maker maker) {
    return new Injectable(type, parameter -> parameter.getType().getName().equals(type), maker);
  }
}
