package io.kuber.controller.statefulset;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The claims of a StatefulSet's pods, and who owns them: with a claim's owner it goes (upstream:
 * isClaimOwnerUpToDate in stateful_set_utils.go).
 *
 * @param set the StatefulSet
 * @param stored the claim of a name
 */
record Claims(KubeObject set, Function<String, Optional<KubeObject>> stored) {
  private static final String DELETE = "Delete";

  static String name(KubeObject set, Tree template, long ordinal) {
    return template.text("metadata", "name") + "-" + Identity.podName(set, ordinal);
  }

  private List<Tree> templates() {
    return set.spec().items("volumeClaimTemplates").trees();
  }

  private List<KubeObject> existing(long ordinal) {
    return templates().stream()
        .flatMap(template -> stored.apply(name(set, template, ordinal)).stream())
        .toList();
  }

  /** Creates those that the pod of an ordinal lacks. */
  List<Action> create(long ordinal) {
    List<Action> creations = new ArrayList<>();
    for (Tree template : templates()) {
      String name = name(set, template, ordinal);
      if (stored.apply(name).isEmpty()) {
        creations.add(create(template, name, ordinal));
      }
    }
    return creations;
  }

  private Action create(Tree template, String name, long ordinal) {
    Tree selected = set.spec().tree("selector", "matchLabels");
    Tree labels = template.tree("metadata", "labels");
    for (var label : selected.texts().entrySet()) {
      labels = labels.with(label.getKey(), label.getValue());
    }
    KubeObject claim =
        Resources.PERSISTENT_VOLUME_CLAIMS
            .object(set.namespace(), name)
            .with(template.tree("spec"), "spec");
    Tree annotations = template.tree("metadata", "annotations");
    claim = labels.isEmpty() ? claim : claim.with(labels, "metadata", "labels");
    claim = annotations.isEmpty() ? claim : claim.with(annotations, "metadata", "annotations");
    String pod = Identity.podName(set, ordinal);
    return new Action.Create(Resources.PERSISTENT_VOLUME_CLAIMS, claim)
        .announcing(
            Announcement.ofDone(
                    set,
                    "SuccessfulCreate",
                    "create Claim %s Pod %s in StatefulSet %s success"
                        .formatted(name, pod, set.name()))
                .orFailed(
                    "FailedCreate",
                    "create Claim %s for Pod %s in StatefulSet %s failed error: %%s"
                        .formatted(name, pod, set.name())));
  }

  /** Whether a claim waits to go with a pod of this ordinal that was there before. */
  boolean areStale(long ordinal) {
    String pod = Identity.podName(set, ordinal);
    return existing(ordinal).stream()
        .flatMap(claim -> claim.owners().stream())
        .anyMatch(owner -> owner.kind().equals("Pod") && owner.name().equals(pod));
  }

  /**
   * Gives the claims of a pod the owner that the retention policy wants: the StatefulSet when they
   * are to go with it, the pod when it goes because of scaling.
   */
  List<Action> retain(KubeObject pod, boolean scaledDown) {
    List<Action> changes = new ArrayList<>();
    for (KubeObject claim : existing(Identity.ordinalOf(set, pod))) {
      KubeObject owned = owned(claim, pod, scaledDown);
      if (!claim.isBeingDeleted() && !owned.owners().equals(claim.owners())) {
        changes.add(new Action.Update(Resources.PERSISTENT_VOLUME_CLAIMS, owned));
      }
    }
    return changes;
  }

  private KubeObject owned(KubeObject claim, KubeObject pod, boolean scaledDown) {
    Tree policy = set.spec().tree("persistentVolumeClaimRetentionPolicy");
    boolean byPod = policy.text("whenScaled").equals(DELETE) && scaledDown;
    boolean bySet = policy.text("whenDeleted").equals(DELETE) && !byPod;
    List<Tree> references = new ArrayList<>();
    for (OwnerReference owner : claim.owners()) {
      boolean ours = owner.uid().equals(set.uid()) || owner.uid().equals(pod.uid());
      if (!ours) {
        references.add(owner.toTree());
      }
    }
    boolean controlled = references.stream().anyMatch(reference -> reference.isTrue("controller"));
    if (!controlled && (byPod || bySet)) {
      references.add(OwnerReference.controllerOf(byPod ? pod : set).toTree());
    }
    return references.isEmpty()
        ? claim.without("metadata", "ownerReferences")
        : claim.with(Items.copyOf(references), "metadata", "ownerReferences");
  }
}
