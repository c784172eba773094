package io.kuber.object;

/**
 * A link from an object to one that owns it (meta/v1 OwnerReference).
 *
 * @param controller whether the owner manages the object; an object has at most one such owner
 * @param blockOwnerDeletion whether the owner, deleted in the foreground, waits for the object
 */
public record OwnerReference(
    String apiVersion,
    String kind,
    String name,
    String uid,
    boolean controller,
    boolean blockOwnerDeletion) {

  /** A reference to the controller of an object, as workload controllers write it. */
  public static OwnerReference controllerOf(KubeObject owner) {
    return new OwnerReference(
        owner.apiVersion(), owner.kind(), owner.name(), owner.uid(), true, true);
  }

  static OwnerReference of(Tree tree) {
    return new OwnerReference(
        tree.text("apiVersion"),
        tree.text("kind"),
        tree.text("name"),
        tree.text("uid"),
        tree.isTrue("controller"),
        tree.isTrue("blockOwnerDeletion"));
  }

  /** The reference as it stands in {@code metadata.ownerReferences}. */
  public Tree toTree() {
    Tree.Builder tree =
        Tree.builder()
            .put("apiVersion", apiVersion)
            .put("kind", kind)
            .put("name", name)
            .put("uid", uid);
    if (controller) {
      tree.put("controller", true);
    }
    if (blockOwnerDeletion) {
      tree.put("blockOwnerDeletion", true);
    }
    return tree.build();
  }
}
