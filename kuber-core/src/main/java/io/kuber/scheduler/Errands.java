package io.kuber.scheduler;

import io.kuber.loop.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Begins writes on a loop of their own, so that nobody waits for their beginning. */
record Errands(Loop loop) {
  /** What comes of the write; may be called from any thread. */
  <T> CompletionStage<T> send(Supplier<CompletionStage<T>> write) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.execute(
        () ->
            write
                .get()
                .whenComplete(
                    (written, failure) -> {
                      if (failure == null) {
                        done.complete(written);
                      } else {
                        done.completeExceptionally(failure);
                      }
                    }));
    return done;
  }
}
