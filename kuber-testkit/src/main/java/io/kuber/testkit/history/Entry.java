package io.kuber.testkit.history;

import java.time.Instant;

/** Something that happened in a cluster. */
public sealed interface Entry permits Change, Request, Restoration, Disturbance {
  /** Grows with every entry of a history, whatever its kind. */
  long order();

  /** When it happened, by the clock of the cluster; of a request, when its answer began. */
  Instant at();
}
