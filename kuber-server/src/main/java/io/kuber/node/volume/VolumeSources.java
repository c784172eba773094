package io.kuber.node.volume;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the cluster and the node have to say to the volumes of one pod. Methods may take as long as
 * an answer of the API, and fail with an exception whose message a person can read.
 */
public interface VolumeSources {
  /**
   * An object that the pod's volumes refer to, or empty where there is none.
   *
   * @param namespace empty for objects of the whole cluster
   */
  Optional<KubeObject> find(ResourceType type, String namespace, String name);

  /** What the pod learns of itself: the value of an item of a downward API volume. */
  String own(Tree item);

  /** A token of the pod's service account that is good for a while yet. */
  String token(String audience, long expirationSeconds);

  /** The directories that an image consists of, topmost first. */
  List<Path> image(String reference);

  /**
   * The directory of a persistent volume whose data this node keeps, or its block device.
   *
   * @throws VolumeException when it keeps none of that name
   */
  Path kept(String volume) throws IOException;

  /** Whether this node is one of those that a node selector selects (core/v1 NodeSelector). */
  boolean isSelected(Tree nodeSelector);
}
