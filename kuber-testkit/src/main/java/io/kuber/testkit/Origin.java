package io.kuber.testkit;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;

/**
 * Where in the code a cluster was started.
 *
 * @param calls the calls that led to it, innermost first, without those of the testkit
 */
public record Origin(List<Call> calls) {
  /** Deeper calls are those of the test framework. */
  private static final int MAX_CALLS = 64;

  /** Who stands between the caller and this class. */
  private static final Set<String> OWN =
      Set.of(Origin.class.getName(), OpenClusters.class.getName(), TestCluster.class.getName());

  /** One method under way. */
  record Call(String type, String method, String place) {}

  /** Where the current thread is. */
  static Origin here() {
    return new Origin(
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .dropWhile(frame -> OWN.contains(frame.getClassName()))
                        .limit(MAX_CALLS)
                        .map(Origin::call)
                        .toList()));
  }

  private static Call call(StackFrame frame) {
    return new Call(
        frame.getClassName(), frame.getMethodName(), frame.toStackTraceElement().toString());
  }

  /** Whether a method of that class had called for it. */
  public boolean isWithin(String type) {
    return calls.stream().anyMatch(call -> call.type().equals(type));
  }

  /** Whether that method had called for it. */
  public boolean isWithin(String type, String method) {
    return calls.stream()
        .anyMatch(call -> call.type().equals(type) && call.method().equals(method));
  }

  /** The line that called for it. */
  @Override
  public String toString() {
    return calls.isEmpty() ? "an unknown place" : calls.get(0).place();
  }
}
