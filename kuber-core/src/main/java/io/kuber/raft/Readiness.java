package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.store.Image;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Finds out when all that was acknowledged before the store was opened is in its image: at once for
 * a server that is alone and leads, otherwise with the first barrier that comes through. All fields
 * belong to the loop.
 */
final class Readiness {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final RatisLog log;
  private final Supplier<CompletionStage<Image>> barrier;
  private final Loop loop;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private Duration pause = SHORTEST_PAUSE;

  Readiness(RatisLog log, Supplier<CompletionStage<Image>> barrier, Loop loop) {
    this.log = log;
    this.barrier = barrier;
    this.loop = loop;
  }

  CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  void await() {
    if (log.isAlone()) {
      ready.complete(null);
    } else if (log.members().size() > 1 && log.leader().isPresent()) {
      barrier
          .get()
          .whenComplete(
              (image, failure) -> {
                if (failure == null) {
                  ready.complete(null);
                } else {
                  awaitMore();
                }
              });
    } else {
      awaitMore();
    }
  }

  private void awaitMore() {
    loop.execute(
        () -> {
          loop.schedule(pause, this::await);
          Duration longer = pause.multipliedBy(2);
          pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        });
  }
}
