package io.kuber.node.image;

import io.kuber.container.ContainerMount;
import java.nio.file.Path;
import java.util.List;

/**
 * An image that is on this machine.
 *
 * @param reference as it was asked for
 * @param id what it is, such as {@code kuber.io/host@sha256:...}, for the pod's status
 * @param layers directories of the root file system, topmost first
 * @param mounts what belongs to the image without being copied into a layer
 * @param config what to run when the pod does not say
 */
public record Image(
    String reference,
    String id,
    List<Path> layers,
    List<ContainerMount> mounts,
    ImageConfig config) {
  public Image {
    layers = List.copyOf(layers);
    mounts = List.copyOf(mounts);
  }
}
