package io.kuber.testkit.history;

import io.kuber.resource.Catalogue;
import io.kuber.store.Image;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A cluster that a test can look at and wait for, on whatever clock. */
public interface ObservedCluster {
  /** All objects as they are now; what the test holds does not change any more. */
  Image image();

  /** All kinds that are served now. */
  Catalogue catalogue();

  /** What happened so far. */
  History history();

  /**
   * Lets time pass until it is so, and returns whether it came to be. On a real clock somebody
   * looks again whenever an object has changed; on a virtual one the clock is moved.
   *
   * @param isSo looks at the objects and nothing else
   */
  boolean await(Duration atMost, BooleanSupplier isSo);

  /** How long a test waits that does not say how long, by the clock of the cluster. */
  Duration patience();
}
