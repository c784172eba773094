package io.kuber.testkit.junit;

import io.kuber.testkit.OpenClusters;
import io.kuber.testkit.Origin;
import io.kuber.testkit.TestCluster;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Clusters that a test has started and not closed: closes them, and fails the test. */
final class Leaks {
  private Leaks() {}

  /** Those that the test method itself has started. */
  static void ofMethod(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    String type = method.getDeclaringClass().getName();
    refuse(name(context), origin -> origin.isWithin(type, method.getName()));
  }

  /** A test method as people name it: {@code ShopTest.sells()}. */
  static String name(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName()
        + "."
        + context.getRequiredTestMethod().getName()
        + "()";
  }

  /** Those that any other method of the class has started. */
  static void ofClass(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    refuse(type.getSimpleName(), origin -> origin.isWithin(type.getName()));
  }

  private static void refuse(String test, Predicate<Origin> caller) {
    List<TestCluster> left = OpenClusters.startedBy(caller);
    if (!left.isEmpty()) {
      Closing.all(left);
      throw new AssertionError(
          left.stream()
              .map(cluster -> cluster.origin().toString())
              .collect(
                  Collectors.joining(
                      ", ",
                      test + " left a cluster open that it started at ",
                      "; close it, best by try-with-resources")));
    }
  }
}
