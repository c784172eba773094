package io.kuber.testkit.assertj;

import io.kuber.testkit.history.ObservedCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on something in a cluster, which hold now, or {@link #eventually()}.
 *
 * @param <SELF> the type of these assertions
 * @param <ACTUAL> what they are on
 */
public abstract class PatientAssert<SELF extends PatientAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractAssert<SELF, ACTUAL> {
  private final ObservedCluster cluster;
  private Duration patience = Duration.ZERO;

  PatientAssert(ObservedCluster cluster, ACTUAL actual, Class<SELF> self) {
    super(actual, self);
    this.cluster = cluster;
  }

  /**
   * All that follows need not hold now, but within the patience of the cluster: on the real clock
   * 30 seconds, in which nobody sleeps; on a virtual clock an hour, in which time is let pass.
   */
  public SELF eventually() {
    return eventually(cluster.patience());
  }

  /** All that follows need not hold now, but each within that time by the cluster's clock. */
  public SELF eventually(Duration atMost) {
    patience = atMost;
    return myself;
  }

  ObservedCluster cluster() {
    return cluster;
  }

  /** As patient as these assertions are. */
  <T extends PatientAssert<T, ?>> T likewise(T other) {
    return other.eventually(patience);
  }

  /**
   * Asks until nothing is wrong, or patience has come to its end.
   *
   * @param expectation such as {@code to have 3 ready replicas}
   * @param wrong what is wrong now, such as {@code it has 1}; empty when nothing is
   */
  SELF expect(String expectation, Supplier<Optional<String>> wrong) {
    isNotNull();
    if (!cluster.await(patience, () -> wrong.get().isEmpty())) {
      Optional<String> problem = wrong.get();
      if (problem.isPresent()) {
        failWithMessage("%s", message(expectation, problem.get()));
      }
    }
    return myself;
  }

  private String message(String expectation, String problem) {
    String bound = patience.isZero() ? "" : " within " + Report.shown(patience);
    return "\nExpecting %s\n  %s%s\nbut %s\n%s"
        .formatted(subject(), expectation, bound, problem, report());
  }

  /** What it is about, such as {@code deployment default/web}. */
  abstract String subject();

  /** What helps to find out why; whole lines. */
  abstract String report();
}
