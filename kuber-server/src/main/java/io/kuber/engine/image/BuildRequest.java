package io.kuber.engine.image;

import io.kuber.node.image.registry.Keyring;
import java.util.List;
import java.util.Map;

/**
 * What a build is asked to do.
 *
 * @param dockerfile its path in the context
 * @param tags of the image that it makes
 * @param arguments of {@code --build-arg}
 * @param target the stage to stop at; empty for the last
 * @param labels to add
 * @param network of its commands: {@code bridge}, {@code host} or {@code none}
 * @param cached whether what was built before is taken again
 * @param pulls whether bases are pulled even when they are here
 * @param quiet whether nothing is said but the id
 */
record BuildRequest(
    String dockerfile,
    List<String> tags,
    Map<String, String> arguments,
    String target,
    Map<String, String> labels,
    String network,
    boolean cached,
    boolean pulls,
    boolean quiet,
    Keyring keyring) {
  BuildRequest {
    tags = List.copyOf(tags);
    arguments = Map.copyOf(arguments);
    labels = Map.copyOf(labels);
  }
}
