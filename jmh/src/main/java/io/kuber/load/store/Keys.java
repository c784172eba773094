package io.kuber.load.store;

import java.util.concurrent.atomic.AtomicInteger;

/** Numbers of objects: {@link #OWN} that lanes overwrite in turn, and fresh ones behind them. */
final class Keys {
  /** Objects that are there from the beginning. */
  static final int OWN = 8_192;

  private final AtomicInteger next = new AtomicInteger(OWN);

  /** A number that was never used. */
  int fresh() {
    return next.getAndIncrement();
  }

  /** The object of a lane. */
  int own(int lane) {
    return lane % OWN;
  }
}
