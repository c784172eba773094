package io.kuber.load.container;

import java.io.IOException;

/**
 * Somebody who starts containers. For any number of threads, each of which has a lane of its own.
 */
interface Starter {
  /** What the table calls it. */
  String name();

  /** Starts {@code /bin/true}, waits for its end and removes all of it. */
  void start(int lane) throws IOException, InterruptedException;

  /** Whether it can do something in a container that runs. */
  default boolean joins() {
    return true;
  }

  /** Runs {@code /bin/true} to its end in a container that is there from the first time on. */
  void join() throws IOException, InterruptedException;

  /** Removes what is there; nothing is started afterwards. */
  void end() throws IOException, InterruptedException;
}
