package io.kuber.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.store.Key;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
  private static final Key A = new Key("pods", "default", "a");
  private static final Key B = new Key("pods", "default", "b");

  @Test
  void holdsKeyOnce() {
    WorkQueue queue = new WorkQueue(9);
    queue.add(A);
    queue.add(A);
    assertThat(queue.take()).contains(A);
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void holdsBackKeyThatIsUnderWay() {
    WorkQueue queue = new WorkQueue(9);
    queue.add(A);
    queue.take();
    queue.add(A);
    assertThat(queue.take()).isEmpty();
    queue.done(A);
    assertThat(queue.take()).contains(A);
  }

  @Test
  void hasNoMoreUnderWayThanItMay() {
    WorkQueue queue = new WorkQueue(1);
    queue.add(A);
    queue.add(B);
    assertThat(queue.take()).contains(A);
    assertThat(queue.take()).isEmpty();
    queue.done(A);
    assertThat(queue.take()).contains(B);
  }

  @Test
  void waitsTwiceAsLongAfterEachFailureUpToItsLimit() {
    Backoff<Key> backoff = new Backoff<>(Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(backoff.failed(A)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.failed(A)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.failed(A)).isEqualTo(Duration.ofSeconds(3));
    backoff.forget(A);
    assertThat(backoff.failed(A)).isEqualTo(Duration.ofSeconds(1));
  }
}
