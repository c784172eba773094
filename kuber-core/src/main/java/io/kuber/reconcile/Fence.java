package io.kuber.reconcile;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stands between those who write for one term of leadership and the API, and lets nothing through
 * any more once the term is over. For any thread.
 */
public final class Fence {
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Nothing is written from now on; for good. */
  public void close() {
    closed.complete(null);
  }

  /** A client that writes through {@code client} as long as this is open, and reads as ever. */
  public Client around(Client client) {
    return new FencedClient(client, this);
  }

  /** What came of the write, or the failure of one that came too late. */
  <T> CompletionStage<T> pass(Supplier<CompletionStage<T>> write) {
    return closed.isDone()
        ? CompletableFuture.failedStage(
            new ApiException(
                StatusReason.SERVICE_UNAVAILABLE, "the term in which this was decided is over"))
        : write.get();
  }
}
