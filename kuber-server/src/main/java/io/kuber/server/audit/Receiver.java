package io.kuber.server.audit;

import java.io.IOException;
import java.time.Duration;

/** Where batches of events are sent. */
interface Receiver {
  /** A batch was not taken, and will not be the next time either. */
  final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String why) {
      super(why);
    }
  }

  /**
   * Sends an {@code EventList} in JSON, and waits until it is taken.
   *
   * @throws RefusedException when it is not worth a second try
   * @throws IOException when it was not taken in time, or at all
   */
  void send(byte[] events, Duration limit) throws IOException, InterruptedException;
}
