package io.kuber.node.image.registry;

import io.kuber.object.Tree;
import java.io.IOException;

/**
 * What a manifest says of a blob or another manifest (image-spec descriptor.md).
 *
 * @param size in bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {
  static Descriptor of(Tree tree) throws IOException {
    long size = tree.number(-1, "size");
    if (size < 0) {
      throw new IOException("a manifest names " + tree.text("digest") + " without its size");
    }
    try {
      return new Descriptor(tree.text("mediaType"), Digest.parse(tree.text("digest")), size);
    } catch (IllegalArgumentException e) {
      throw new IOException("a manifest names content by " + e.getMessage(), e);
    }
  }
}
