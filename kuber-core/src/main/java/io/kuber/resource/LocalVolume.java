package io.kuber.resource;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.Set;

/**
 * A persistent volume whose data is on one node, made by kuber itself: a directory, or a disk of
 * the size that its claim asks for. In the API it is a volume of a CSI driver, so that no path of
 * any machine stands there: the node makes the path of the volume's name, and of nothing else.
 *
 * @param name of the volume, and of its directory
 * @param node that has the data
 * @param isSized whether it is a disk, which ends at its size
 */
public record LocalVolume(String name, String node, boolean isSized) {
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

  /**
   * The parameter of classes, and the attribute of volumes, that asks for disks: {@code "true"}.
   */
  public static final String SIZED = "sized";

  private static final String SOURCE = "csi";
  private static final String ATTRIBUTES = "volumeAttributes";
  private static final String NODE = "node";

  /** A directory. */
  public LocalVolume(String name, String node) {
    this(name, node, false);
  }

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
    return isLocal
        ? Optional.of(new LocalVolume(volume.name(), node, isSized(source)))
        : Optional.empty();
  }

  private static boolean isSized(Tree source) {
    return source.text(ATTRIBUTES, SIZED).equals("true");
  }

  /** The object's spec with this as the source of the data. */
  public Tree into(Tree spec) {
    Tree source = Tree.of("driver", DRIVER, "volumeHandle", name);
    Tree attributes = Tree.of(NODE, node);
    return spec.with(
        SOURCE, source.with(ATTRIBUTES, isSized ? attributes.with(SIZED, "true") : attributes));
  }
}
