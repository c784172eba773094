package io.kuber.testkit.manifest;

import io.kuber.boot.Kuber;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** How whoever loads waits for the cluster: its threads go on by themselves, or it has none. */
public interface Pace {
  /** Returns once the controllers have looked at everything. */
  void untilIdle() throws InterruptedException;

  /** What the request came to; {@link CompletionException} when it was refused. */
  <T> T done(CompletionStage<T> request);

  /** Of a cluster with threads of its own. */
  static Pace of(Kuber kuber) {
    return new Pace() {
      @Override
      public void untilIdle() throws InterruptedException {
        kuber.awaitIdle();
      }

      @Override
      public <T> T done(CompletionStage<T> request) {
        return request.toCompletableFuture().join();
      }
    };
  }
}
