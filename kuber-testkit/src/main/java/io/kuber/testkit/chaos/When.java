package io.kuber.testkit.chaos;

import java.time.Duration;

/**
 * Which of the requests that are meant are struck.
 *
 * @param first the first of them that may be, counted from one
 * @param times how many at most
 * @param lasting for how long; zero for ever
 * @param rate how many of them, from 0 (none) to 1 (all)
 */
record When(int first, int times, Duration lasting, double rate) {
  static final When ALWAYS = new When(1, Integer.MAX_VALUE, Duration.ZERO, 1);

  When {
    Faults.checkNotNegative(lasting);
    if (first < 1 || times < 1) {
      throw new IllegalArgumentException("requests are counted from one");
    }
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate of " + rate + " is not between 0 and 1");
    }
  }

  When from(int number) {
    return new When(number, times, lasting, rate);
  }

  When atMost(int number) {
    return new When(first, number, lasting, rate);
  }

  When lasting(Duration time) {
    return new When(first, times, time, rate);
  }

  When drawn(double share) {
    return new When(first, times, lasting, share);
  }
}
