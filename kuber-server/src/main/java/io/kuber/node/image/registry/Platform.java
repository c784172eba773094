package io.kuber.node.image.registry;

import io.kuber.object.Tree;
import java.util.Locale;

/**
 * What an image is built for.
 *
 * @param variant of the architecture; empty for none
 */
public record Platform(String os, String architecture, String variant) {
  /** What this machine runs. */
  public static Platform host() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return arch.equals("aarch64")
        ? new Platform("linux", "arm64", "v8")
        : new Platform("linux", "amd64", "");
  }

  static Platform of(Tree tree) {
    return new Platform(tree.text("os"), tree.text("architecture"), tree.text("variant"));
  }

  /**
   * How well an image for another platform runs here: 0 not at all, 1 if it must, 2 at best. A
   * variant that is not named fits; one that is named and not ours (amd64 v3) may not.
   */
  public int fit(Platform image) {
    if (!os.equals(image.os) || !architecture.equals(image.architecture)) {
      return 0;
    }
    if (variant.equals(image.variant)) {
      return 2;
    }
    return image.variant.isEmpty() || variant.isEmpty() && image.variant.equals("v1") ? 1 : 0;
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
