package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.ClaimCheck;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.NodeSelectorCheck;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import io.kuber.resource.pod.VolumeDefaults;
import io.kuber.resource.pod.VolumeSourceCheck;
import java.util.List;
import java.util.StringJoiner;

/** {@code v1 PersistentVolume}. */
final class PersistentVolumes implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.PERSISTENT_VOLUMES,
              new PersistentVolumes(),
              Columns.none()
                  .name()
                  .text("Capacity", (v, now) -> capacity(v.spec()))
                  .text("Access Modes", (v, now) -> accessModes(v.spec().items("accessModes")))
                  .text(
                      "Reclaim Policy", (v, now) -> v.spec().text("persistentVolumeReclaimPolicy"))
                  .text("Status", (v, now) -> phase(v))
                  .text("Claim", (v, now) -> claim(v.spec().tree("claimRef")))
                  .text("StorageClass", (v, now) -> storageClass(v))
                  .text("VolumeAttributesClass", (v, now) -> attributesClass(v))
                  .text("Reason", (v, now) -> v.status().text("reason"))
                  .age()
                  .wide("VolumeMode", (v, now) -> volumeMode(v)))
          .with(Trait.STATUS, Trait.ANSWERS_WITH_DELETED);

  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private static final String ATTRIBUTES = "volumeAttributesClassName";

  private PersistentVolumes() {}

  /** The size among amounts of resources, as tables show it. */
  static String capacity(Tree holder) {
    Object storage = holder.at("capacity", "storage");
    return storage == null ? "0" : storage.toString();
  }

  /** Access modes as tables shorten them. */
  static String accessModes(Items modes) {
    StringJoiner text = new StringJoiner(",");
    for (String[] pair :
        new String[][] {
          {"ReadWriteOnce", "RWO"},
          {"ReadOnlyMany", "ROX"},
          {"ReadWriteMany", "RWX"},
          {"ReadWriteOncePod", "RWOP"}
        }) {
      if (modes.contains(pair[0])) {
        text.add(pair[1]);
      }
    }
    return text.toString();
  }

  /** The phase, unless the object is about to go. */
  static String phase(KubeObject object) {
    return object.isBeingDeleted() ? "Terminating" : object.status().text("phase");
  }

  /** The class by the field, or by the annotation that came before the field. */
  static String storageClass(KubeObject object) {
    String old = object.annotations().getOrDefault(CLASS_ANNOTATION, "");
    return old.isEmpty() ? object.spec().text("storageClassName") : old;
  }

  static String attributesClass(KubeObject object) {
    return orUnset(object.spec(), "volumeAttributesClassName");
  }

  static String volumeMode(KubeObject object) {
    return orUnset(object.spec(), "volumeMode");
  }

  private static String orUnset(Tree spec, String field) {
    return spec.has(field) ? spec.text(field) : "<unset>";
  }

  private static String claim(Tree reference) {
    return reference.isEmpty() ? "" : reference.text("namespace") + "/" + reference.text("name");
  }

  @Override
  public KubeObject defaulted(KubeObject volume) {
    KubeObject complete = volume.withChild("spec", VolumeDefaults::ofSources);
    complete = Workload.or(complete, "Retain", "spec", "persistentVolumeReclaimPolicy");
    return Workload.or(complete, "Filesystem", "spec", "volumeMode");
  }

  @Override
  public KubeObject prepared(KubeObject created) {
    Tree status =
        Tree.of(
            "phase",
            "Pending",
            "lastPhaseTransitionTime",
            created.metadata().text("creationTimestamp"));
    return created.with(status, "status");
  }

  @Override
  public void check(KubeObject volume, Problems problems) {
    MetadataCheck.check(volume, Names.SUBDOMAIN, problems);
    Tree spec = volume.spec();
    ClaimCheck.checkAccessModes(FieldPath.SPEC, spec, "", problems);
    checkCapacity(FieldPath.SPEC.child("capacity"), spec.tree("capacity"), problems);
    Numbers.checkOneOf(
        FieldPath.SPEC,
        spec,
        "persistentVolumeReclaimPolicy",
        List.of("Delete", "Recycle", "Retain"),
        problems);
    FieldPath affinity = FieldPath.SPEC.child("nodeAffinity");
    if (spec.has("nodeAffinity")) {
      checkAffinity(affinity, spec.tree("nodeAffinity"), problems);
    } else if (spec.has("local")) {
      problems.required(affinity, "Local volume requires node affinity");
    }
    VolumeSourceCheck.check(FieldPath.SPEC, spec, problems);
    if (spec.text("hostPath", "path").equals("/")
        && spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
      problems.forbidden(
          FieldPath.SPEC.child("persistentVolumeReclaimPolicy"),
          "may not be 'recycle' for a hostPath mount of '/'");
    }
    Texts.checkForm(FieldPath.SPEC, spec, "storageClassName", Names.SUBDOMAIN, problems);
    ClaimCheck.checkVolumeMode(FieldPath.SPEC, spec, problems);
    checkAttributes(spec, problems);
  }

  private static void checkAttributes(Tree spec, Problems problems) {
    if (!spec.has(ATTRIBUTES)) {
      return;
    }
    FieldPath field = FieldPath.SPEC.child(ATTRIBUTES);
    if (spec.text(ATTRIBUTES).isEmpty()) {
      problems.required(field, "an empty string is disallowed");
    } else {
      Names.SUBDOMAIN.check(field, spec.text(ATTRIBUTES), problems);
    }
    if (!spec.has("csi")) {
      problems.required(
          FieldPath.SPEC.child("csi"), "has to be specified when using volumeAttributesClassName");
    }
  }

  private static void checkCapacity(FieldPath field, Tree capacity, Problems problems) {
    if (capacity.isEmpty()) {
      problems.required(field, "");
    }
    if (!capacity.has("storage") || capacity.size() > 1) {
      problems.notSupported(field, capacity, List.of("storage"));
    }
    capacity.forEach((name, amount) -> Amounts.checkPositive(field.key(name), amount, problems));
  }

  private static void checkAffinity(FieldPath field, Tree affinity, Problems problems) {
    if (affinity.has("required")) {
      NodeSelectorCheck.check(field.child("required"), affinity.tree("required"), problems);
    } else {
      problems.required(field.child("required"), "must specify required node constraints");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    VolumeUpdateCheck.check(updated.spec(), old.spec(), problems);
  }
}
