package io.kuber.node.image;

import java.nio.file.Path;

/** Knows images by their references. */
public interface ImageStore {
  /**
   * Finds an image, fetching it when it is not there yet.
   *
   * @param reference as it stands in a pod, such as {@code kuber.io/kuard:blue}
   * @throws ImagePullException when it cannot be had; the node reports {@code ErrImagePull}
   */
  Image find(String reference);

  /** A store of the built-in images, which keeps its files in a directory of its own. */
  static ImageStore builtIn(Path directory) {
    return new BuiltInImages(directory);
  }
}
