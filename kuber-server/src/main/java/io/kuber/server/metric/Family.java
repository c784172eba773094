package io.kuber.server.metric;

/** All series of one name. For any thread. */
interface Family {
  /** Prints the series as they are now. */
  void print(Exposition to);
}
