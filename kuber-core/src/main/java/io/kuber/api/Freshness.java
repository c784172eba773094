package io.kuber.api;

import io.kuber.loop.Loop;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds an image that is as new as a reader asks for. */
final class Freshness {
  /** How long a reader waits for a revision that is not there yet (apiserver, blockTimeout). */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Store store;
  private final Loop loop;

  Freshness(Store store, Loop loop) {
    this.store = store;
    this.loop = loop;
  }

  /**
   * For the empty resource version the latest image; for "0" the one at hand; for a revision one
   * that contains it, or a failure with cause ResourceVersionTooLarge when none comes.
   */
  CompletionStage<Image> image(String resourceVersion) {
    if (resourceVersion.isEmpty()) {
      return store.latest();
    }
    long wanted = Versions.parse(resourceVersion);
    Image atHand = store.image();
    return atHand.revision() >= wanted ? CompletableFuture.completedStage(atHand) : await(wanted);
  }

  private CompletionStage<Image> await(long wanted) {
    CompletableFuture<Image> reached = new CompletableFuture<>();
    Store.Listener listener = new Wait(wanted, reached);
    listener.replaced(store.subscribe(listener));
    Loop.Timer timer =
        loop.schedule(
            PATIENCE,
            () ->
                reached.completeExceptionally(
                    Failures.tooLargeResourceVersion(wanted, store.image().revision())));
    return reached.whenComplete(
        (image, failure) -> {
          timer.cancel();
          store.unsubscribe(listener);
        });
  }

  private record Wait(long wanted, CompletableFuture<Image> reached) implements Store.Listener {
    @Override
    public void changed(Delta delta, Image image) {
      replaced(image);
    }

    @Override
    public void replaced(Image image) {
      if (image.revision() >= wanted) {
        reached.complete(image);
      }
    }
  }
}
