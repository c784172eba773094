package io.kuber.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** When a client is held up, and let go. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class UnreadBytesTest {
  private static final int LIMIT = HttpLimits.UNREAD_BYTES;

  private final UnreadBytes unread = new UnreadBytes();
  private final List<Boolean> readings = new ArrayList<>();

  @Test
  void holdsTheClientUpOnceUntilHalfIsRead() {
    unread.came(LIMIT, readings::add);
    assertThat(readings).isEmpty();

    unread.came(1, readings::add);
    unread.came(1, readings::add);
    assertThat(readings).containsExactly(false);

    unread.taken(LIMIT / 2 + 1);
    assertThat(readings).containsExactly(false);
    unread.taken(1);
    unread.taken(1);
    assertThat(readings).containsExactly(false, true);
  }

  @Test
  void holdsUpWhatComesWhileTheClientIsLetGo() {
    unread.came(LIMIT + 1, this::holdAndFlood);

    unread.taken(LIMIT + 1);

    assertThat(readings).containsExactly(false, true, false);
  }

  private void holdAndFlood(boolean reading) {
    readings.add(reading);
    if (reading) {
      unread.came(LIMIT + 1, readings::add);
    }
  }

  /** A reader that empties everything between the count and the holding must let go after it. */
  @Test
  void neverLeavesAClientHeldUpWithNothingToRead() throws Exception {
    int rounds = 20_000;
    AtomicBoolean isReading = new AtomicBoolean(true);
    Semaphore sent = new Semaphore(0);
    CountDownLatch done = new CountDownLatch(1);
    Thread reader = new Thread(() -> read(sent, rounds, done), "reader");
    reader.start();
    for (int round = 0; round < rounds; round++) {
      while (!isReading.get()) {
        Thread.onSpinWait();
      }
      sent.release();
      unread.came(LIMIT + 1, isReading::set);
    }
    done.await();
    reader.join();

    assertThat(isReading).isTrue();
  }

  private void read(Semaphore sent, int rounds, CountDownLatch done) {
    for (int round = 0; round < rounds; round++) {
      sent.acquireUninterruptibly();
      unread.taken(LIMIT + 1);
    }
    done.countDown();
  }
}
