package io.kuber.resource;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.Set;

/**
 * A persistent volume whose data is a directory of one node, made by kuber itself. In the API it is
 * a volume of a CSI driver, so that no path of any machine stands there: the node makes the path of
 * the volume's name, and of nothing else.
 *
 * @param name of the volume, and of its directory
 * @param node that has the data
 */
public record LocalVolume(String name, String node) {
  /** The driver, and the provisioner that makes such volumes. */
  public static final String DRIVER = "local.kuber.io";

  /** With which a node keeps the object until it has dealt with the data. */
  public static final String FINALIZER = "local.kuber.io/data";

  /**
   * Provisioners of clouds that were part of Kubernetes once. Nothing else answers to their names
   * in a cluster without a cloud, so that the classes of books have volumes here too.
   */
  private static final Set<String> CLOUDS =
      Set.of(
          "kubernetes.io/aws-ebs",
          "kubernetes.io/azure-disk",
          "kubernetes.io/azure-file",
          "kubernetes.io/cinder",
          "kubernetes.io/gce-pd",
          "kubernetes.io/vsphere-volume");

  private static final String SOURCE = "csi";
  private static final String ATTRIBUTES = "volumeAttributes";
  private static final String NODE = "node";

  /** Whether volumes of classes with this provisioner are made by kuber. */
  public static boolean isMadeBy(String provisioner) {
    return provisioner.equals(DRIVER) || CLOUDS.contains(provisioner);
  }

  /** What an object says, if it is such a volume. */
  public static Optional<LocalVolume> of(KubeObject volume) {
    Tree source = volume.spec().tree(SOURCE);
    String node = source.text(ATTRIBUTES, NODE);
    boolean isLocal =
        source.text("driver").equals(DRIVER)
            && source.text("volumeHandle").equals(volume.name())
            && !node.isEmpty();
    return isLocal ? Optional.of(new LocalVolume(volume.name(), node)) : Optional.empty();
  }

  /** The object's spec with this as the source of the data. */
  public Tree into(Tree spec) {
    Tree source = Tree.of("driver", DRIVER, "volumeHandle", name);
    return spec.with(SOURCE, source.with(ATTRIBUTES, Tree.of(NODE, node)));
  }
}
