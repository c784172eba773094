package io.kuber.engine;

import io.kuber.node.image.Image;
import io.kuber.object.Tree;
import java.util.List;

/**
 * An image on this machine.
 *
 * @param id {@code sha256:} and the digest of its configuration
 * @param names tags as people write them, such as {@code busybox:1.36}; empty for one without
 * @param image what containers of it are made of
 * @param config the whole configuration, as the image specification has it
 * @param bytes of all its layers
 */
public record LocalImage(String id, List<String> names, Image image, Tree config, long bytes) {
  public LocalImage {
    names = List.copyOf(names);
  }
}
