package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.pod.VolumeSourceCheck;
import java.util.List;
import java.util.Map;

/** What may not change in a volume once it is there (ValidatePersistentVolumeUpdate). */
final class VolumeUpdateCheck {
  private static final String ATTRIBUTES = "volumeAttributesClassName";

  /** Labels of nodes that were in beta, and what they are called now. */
  private static final Map<String, String> NEW_LABELS =
      Map.of(
          "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region",
          "beta.kubernetes.io/os", "kubernetes.io/os",
          "beta.kubernetes.io/arch", "kubernetes.io/arch",
          "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type");

  private VolumeUpdateCheck() {}

  static void check(Tree updated, Tree old, Problems problems) {
    Tree source = source(updated);
    if (old.tree("csi").get("controllerExpandSecretRef") == null) {
      source = source.withoutAt("csi", "controllerExpandSecretRef");
    }
    if (!source.equals(source(old))) {
      problems.forbidden(
          FieldPath.SPEC.child("persistentvolumesource"),
          "spec.persistentvolumesource is immutable after creation");
    }
    MetadataCheck.checkImmutable(FieldPath.ROOT, updated, old, "volumeMode", problems);
    if (old.has("nodeAffinity")) {
      checkAffinityKept(updated, old.tree("nodeAffinity"), problems);
    }
    if (old.has(ATTRIBUTES) && !updated.has(ATTRIBUTES)) {
      problems.forbidden(
          FieldPath.SPEC.child(ATTRIBUTES), "update from non-nil value to nil is forbidden");
    }
  }

  /** Labels of nodes got new names; volumes may follow. */
  private static void checkAffinityKept(Tree updated, Tree old, Problems problems) {
    Tree affinity = updated.tree("nodeAffinity");
    if (!affinity.equals(old) && !affinity.equals(renamed(old, affinity))) {
      problems.invalid(
          FieldPath.ROOT.child("nodeAffinity"),
          updated.has("nodeAffinity") ? affinity : Nil.NIL,
          "field is immutable, except for updating from beta label to GA");
    }
  }

  /** The old affinity with those keys renamed that have a new name in the updated one. */
  private static Tree renamed(Tree old, Tree updated) {
    Items terms = old.items("required", "nodeSelectorTerms");
    List<Tree> after = updated.items("required", "nodeSelectorTerms").trees();
    for (int t = 0; t < Math.min(terms.size(), after.size()); t++) {
      Tree term = terms.tree(t);
      for (String list : new String[] {"matchExpressions", "matchFields"}) {
        Items keys = term.items(list);
        List<Tree> newKeys = after.get(t).items(list).trees();
        for (int i = 0; i < Math.min(keys.size(), newKeys.size()); i++) {
          String key = keys.tree(i).text("key");
          if (newKeys.get(i).text("key").equals(NEW_LABELS.get(key))) {
            keys = keys.with(i, keys.tree(i).with("key", newKeys.get(i).text("key")));
          }
        }
        term = keys.isEmpty() ? term : term.with(list, keys);
      }
      terms = terms.with(t, term);
    }
    return old.withAt(terms, "required", "nodeSelectorTerms");
  }

  /** Where the data is; the secret that grows it may be added later. */
  private static Tree source(Tree spec) {
    Tree.Builder source = Tree.builder();
    spec.forEach(
        (name, value) -> {
          if (VolumeSourceCheck.isSource(name)) {
            source.put(name, value);
          }
        });
    return source.build();
  }
}
