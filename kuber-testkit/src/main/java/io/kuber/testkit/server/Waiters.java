package io.kuber.testkit.server;

import io.kuber.loop.Loop;
import io.kuber.store.Image;
import io.kuber.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Requests that wait for a leader, or for a revision to arrive: as many as clients have under way,
 * and none longer than its patience. For any thread; whoever waits is told on the loop.
 */
final class Waiters {
  /** So long a request waits before it is refused, as in a cluster of real servers. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String CUT_OFF =
      "this server does not hear of a leader; reads with resourceVersion=0 and open watches go on";

  private static final String BEHIND = "this server is behind the leader, and does not catch up";

  private final Loop loop;
  private final List<CompletableFuture<Void>> unconnected = new ArrayList<>();
  private final List<Behind> behind = new ArrayList<>();
  private Duration patience = PATIENCE;

  Waiters(Loop loop) {
    this.loop = loop;
  }

  private record Behind(long revision, CompletableFuture<Image> reached) {}

  /** Of those who come from now on. */
  synchronized void patience(Duration time) {
    patience = time;
  }

  /** Completes at once, or once there is a leader. */
  synchronized CompletionStage<Void> untilConnected(boolean isConnected) {
    if (isConnected) {
      return CompletableFuture.completedStage(null);
    }
    CompletableFuture<Void> connected = new CompletableFuture<>();
    unconnected.add(connected);
    return limited(connected, new StoreException(CUT_OFF, false));
  }

  /**
   * Completes at once, or when that revision has come.
   *
   * @param hasWritten whether something may have taken effect that the answer does not tell
   */
  synchronized CompletionStage<Image> until(long revision, Image now, boolean hasWritten) {
    if (now.revision() >= revision) {
      return CompletableFuture.completedStage(now);
    }
    CompletableFuture<Image> reached = new CompletableFuture<>();
    behind.add(new Behind(revision, reached));
    return limited(reached, new StoreException(BEHIND, hasWritten));
  }

  private <T> CompletionStage<T> limited(CompletableFuture<T> answer, StoreException late) {
    Loop.Timer timer = loop.schedule(patience, () -> answer.completeExceptionally(late));
    return answer.whenComplete(
        (done, failure) -> {
          timer.cancel();
          forgetAnswered();
        });
  }

  private synchronized void forgetAnswered() {
    unconnected.removeIf(CompletableFuture::isDone);
    behind.removeIf(each -> each.reached().isDone());
  }

  /** There is a leader again. */
  synchronized void connected() {
    unconnected.forEach(each -> loop.execute(() -> each.complete(null)));
  }

  /** The server has come to that image. */
  synchronized void reached(Image image) {
    for (Behind each : behind) {
      if (each.revision() <= image.revision()) {
        loop.execute(() -> each.reached().complete(image));
      }
    }
  }
}
