package io.kuber.testkit.scenario;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.SimulatedLoops;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How time passes for whoever plays a scenario. */
interface Passage {
  /** Returns when so much time is over. */
  void pass(Duration time) throws InterruptedException;

  /** The machine's time: the thread waits. */
  static Passage real(Loops loops) {
    Loop loop = loops.loop("scenario");
    return time -> {
      CountDownLatch over = new CountDownLatch(1);
      loop.schedule(time, over::countDown);
      over.await();
    };
  }

  /** Virtual time: the thread does all that is due. */
  static Passage virtual(SimulatedLoops loops) {
    return loops::advance;
  }
}
