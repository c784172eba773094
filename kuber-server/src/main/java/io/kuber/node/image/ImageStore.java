package io.kuber.node.image;

import io.kuber.node.image.registry.ImagePlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Knows images by their references. May be asked from any thread. */
public interface ImageStore extends AutoCloseable {
  /**
   * The image, when it is on this machine. Reads files; not for a loop.
   *
   * @param reference as it stands in a pod, such as {@code busybox:1.36} or {@code kuber.io/kuard}
   * @throws ImagePullException when it is no reference ({@code InvalidImageName})
   */
  Optional<Image> present(String reference);

  /**
   * Fetches an image, even when one of that name is here. Whoever asks for the same image at the
   * same time gets the same answer.
   *
   * @param secrets with credentials that registries may want to see; malformed ones have none
   * @param listener hears how far it is when it takes long
   * @return fails with {@link ImagePullException}
   */
  CompletionStage<Image> pull(String reference, List<PullSecret> secrets, PullListener listener);

  /** The images that are kept here, for the node's status. */
  List<ImageSummary> list();

  /**
   * Takes images away when the disk is too full. Blocks.
   *
   * @param inUse references and ids of the images that containers have
   */
  void collect(Set<String> inUse);

  /** Ends pulls; what has come of them stays for the next one. */
  @Override
  void close();

  /** A store of the built-in images, which keeps its files in a directory of its own. */
  static ImageStore builtIn(Path directory) {
    return new BuiltInImages(directory);
  }

  /** A store of the built-in images and of all that can be pulled from {@code places}. */
  static ImageStore open(Path directory, ImagePlaces places, InstantSource clock)
      throws IOException {
    return ImageLibrary.open(directory, new BuiltInImages(directory), places, clock);
  }

  /** The image, fetched without credentials when it is not here. Blocks as long as that takes. */
  default Image find(String reference) {
    Optional<Image> here = present(reference);
    if (here.isPresent()) {
      return here.get();
    }
    try {
      return pull(reference, List.of(), PullListener.NONE).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ImagePullException refused
          ? refused
          : new ImagePullException("failed to pull \"" + reference + "\": " + e.getCause(), e);
    }
  }
}
