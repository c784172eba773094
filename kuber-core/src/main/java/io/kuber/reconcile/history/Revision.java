package io.kuber.reconcile.history;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.Comparator;

/**
 * One ControllerRevision of a workload.
 *
 * @param object as it is stored, or is to be
 */
public record Revision(KubeObject object) {
  /** The label of a StatefulSet's revision that has its hash. */
  public static final String HASH = "controller.kubernetes.io/hash";

  /** The label by which pods name their revision; on a DaemonSet's revision it has its hash. */
  public static final String OF_POD = "controller-revision-hash";

  /** Oldest first. */
  static final Comparator<Revision> BY_AGE =
      Comparator.comparingLong(Revision::number)
          .thenComparing(revision -> revision.object.createdAt())
          .thenComparing(Revision::name);

  /** Longest part of an owner's name in the name of a revision. */
  private static final int MAX_PREFIX = 223;

  /** What a patch that brings back the template looks like. */
  private static final String DIRECTIVE = "$patch";

  /** The revision that an owner's present template makes, with its hash in a label. */
  static Revision of(KubeObject owner, String hashLabel, long number, long collisions) {
    Tree template = owner.spec().tree("template");
    Tree data = Tree.EMPTY.withAt(template.with(DIRECTIVE, "replace"), "spec", "template");
    String hash = TemplateHash.of(data, collisions);
    String prefix = owner.name().substring(0, Math.min(MAX_PREFIX, owner.name().length()));
    KubeObject object =
        Resources.CONTROLLER_REVISIONS
            .object(owner.namespace(), prefix + "-" + hash)
            .with(template.tree("metadata", "labels").with(hashLabel, hash), "metadata", "labels")
            .with(
                Items.of(OwnerReference.controllerOf(owner).toTree()),
                "metadata",
                "ownerReferences")
            .with(data, "data")
            .with(number, "revision");
    Tree annotations = owner.metadata().tree("annotations");
    return new Revision(
        annotations.isEmpty() ? object : object.with(annotations, "metadata", "annotations"));
  }

  /** Its name. */
  public String name() {
    return object.name();
  }

  /** Its hash, which is the last part of its name. */
  public String hash() {
    String hash = object.labels().getOrDefault(HASH, "");
    return hash.isEmpty() ? object.labels().getOrDefault(OF_POD, "") : hash;
  }

  /** How young it is. */
  public long number() {
    return object.tree().number(0, "revision");
  }

  /** The template of pods that it keeps. */
  public Tree template() {
    return data().tree("spec", "template").without(DIRECTIVE);
  }

  private Tree data() {
    return object.tree().tree("data");
  }

  boolean isSameAs(Revision other) {
    return data().equals(other.data());
  }

  Revision numbered(long number) {
    return new Revision(object.with(number, "revision"));
  }
}
