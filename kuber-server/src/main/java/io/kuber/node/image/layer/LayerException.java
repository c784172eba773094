package io.kuber.node.image.layer;

import java.io.IOException;

/**
 * A layer that cannot be unpacked; its message names the layer and, where there is one, the entry.
 */
public final class LayerException extends IOException {
  private static final long serialVersionUID = 1L;

  LayerException(String layer, String entry, String why) {
    super("layer " + layer + ": " + (entry.isEmpty() ? "" : "entry \"" + entry + "\": ") + why);
  }

  LayerException(String layer, String entry, Throwable cause) {
    this(layer, entry, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    initCause(cause);
  }
}
