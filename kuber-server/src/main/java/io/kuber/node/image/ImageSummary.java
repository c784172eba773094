package io.kuber.node.image;

import java.util.List;

/**
 * An image as the node's status tells it (core/v1 ContainerImage).
 *
 * @param names with digests first, then with tags
 */
public record ImageSummary(List<String> names, long bytes) {
  public ImageSummary {
    names = List.copyOf(names);
  }
}
