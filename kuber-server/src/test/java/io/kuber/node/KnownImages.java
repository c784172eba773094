package io.kuber.node;

import io.kuber.node.image.Image;
import io.kuber.node.image.ImagePullException;
import io.kuber.node.image.ImageStore;
import io.kuber.node.image.ImageSummary;
import io.kuber.node.image.PullListener;
import io.kuber.node.image.PullSecret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Images that are pulled as soon as they are asked for, and never here before. */
final class KnownImages implements ImageStore {
  private final Function<String, Image> images;

  /** Images by their references; the function throws for those that cannot be pulled. */
  KnownImages(Function<String, Image> images) {
    this.images = images;
  }

  @Override
  public Optional<Image> present(String reference) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<Image> pull(
      String reference, List<PullSecret> secrets, PullListener listener) {
    try {
      Image image = images.apply(reference);
      if (reference.equals("slow")) {
        listener.coming(1, 3);
      }
      return CompletableFuture.completedStage(image);
    } catch (ImagePullException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public List<ImageSummary> list() {
    return List.of();
  }

  @Override
  public void collect(Set<String> inUse) {
    // What is not kept need not go.
  }

  @Override
  public void close() {
    // Nothing is under way.
  }
}
