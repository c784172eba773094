package io.kuber.boot;

import com.google.common.base.Throwables;
import io.kuber.raft.RaftStore;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out when a server has become of use: all that was acknowledged is here, and the cluster has
 * the objects that every cluster has, made by this server or by another that leads.
 */
final class Settling {
  private static final long ALONE_SECONDS = 20;
  private static final long WITH_PEERS_SECONDS = 15;

  /** The last of the objects that a leader makes once. */
  private static final Key LAST = Resources.SERVICES.key("default", "kubernetes");

  private Settling() {}

  /**
   * Completes when a server has settled.
   *
   * @param led completes once it has led and made everything itself
   */
  static CompletableFuture<Void> of(RaftStore store, CompletionStage<Void> led) {
    CompletableFuture<Void> madeByOther = new CompletableFuture<>();
    Store.Listener listener = (delta, image) -> look(image, madeByOther);
    look(store.subscribe(listener), madeByOther);
    return store
        .ready()
        .thenCompose(ready -> CompletableFuture.anyOf(led.toCompletableFuture(), madeByOther))
        .<Void>thenApply(settled -> null)
        .whenComplete((settled, failure) -> store.unsubscribe(listener))
        .toCompletableFuture();
  }

  private static void look(Image image, CompletableFuture<Void> made) {
    if (image.get(LAST) != null) {
      made.complete(null);
    }
  }

  /**
   * Waits; false when it takes long because other servers are missing.
   *
   * @throws StartException when a server that is alone does not settle
   */
  static boolean within(CompletableFuture<Void> settled, boolean hasPeers)
      throws StartException, InterruptedException {
    long limit = hasPeers ? WITH_PEERS_SECONDS : ALONE_SECONDS;
    try {
      settled.get(limit, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      if (hasPeers) {
        return false;
      }
      throw new StartException(
          "the store did not take a write within " + limit + " s; is the disk stuck?");
    } catch (ExecutionException e) {
      throw new StartException(
          "the store cannot be used: " + Throwables.getRootCause(e).getMessage());
    }
  }
}
