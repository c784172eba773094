package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.Map;

/** {@code storage.k8s.io/v1 VolumeAttachment}: the wish that a volume be attached to a node. */
final class VolumeAttachments implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.VOLUME_ATTACHMENTS,
              new VolumeAttachments(),
              Columns.none()
                  .name()
                  .text("Attacher", (wish, now) -> wish.spec().text("attacher"))
                  .text("PV", (wish, now) -> wish.spec().text("source", "persistentVolumeName"))
                  .text("Node", (wish, now) -> wish.spec().text("nodeName"))
                  .truth("Attached", (wish, now) -> wish.status().isTrue("attached"))
                  .age())
          .with(Trait.STATUS);

  private static final String EXACTLY_ONE =
      "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

  private static final FieldPath STATUS = FieldPath.ROOT.child("status");
  private static final int MAX_METADATA = 256 << 10;
  private static final int MAX_MESSAGE = 1 << 10;

  private VolumeAttachments() {}

  @Override
  public void check(KubeObject wish, Problems problems) {
    MetadataCheck.check(wish, Names.SUBDOMAIN, problems);
    Tree spec = wish.spec();
    Texts.checkSet(FieldPath.SPEC, spec, "attacher", problems);
    FieldPath field = FieldPath.SPEC.child("source");
    Tree source = spec.tree("source");
    boolean named = source.has("persistentVolumeName");
    if (named && source.has("inlineVolumeSpec")) {
      problems.forbidden(field, EXACTLY_ONE);
    } else if (!named && !source.has("inlineVolumeSpec")) {
      problems.required(field, EXACTLY_ONE);
    } else if (named && source.text("persistentVolumeName").isEmpty()) {
      problems.required(
          field.child("persistentVolumeName"), "must specify non empty persistentVolumeName");
    }
    Names.SUBDOMAIN.check(FieldPath.SPEC.child("nodeName"), spec.text("nodeName"), problems);
  }

  /** What older versions did not ask of names is asked of new ones alone. */
  @Override
  public void checkCreate(KubeObject wish, Problems problems) {
    Tree spec = wish.spec();
    if (!spec.text("attacher").isEmpty()) {
      Texts.checkDriver(FieldPath.SPEC.child("attacher"), spec.text("attacher"), problems);
    }
    Texts.checkFormIfPresent(
        FieldPath.SPEC.child("source"),
        spec.tree("source"),
        "persistentVolumeName",
        Names.SUBDOMAIN,
        problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    if (!updated.spec().equals(old.spec())) {
      problems.invalid(FieldPath.SPEC, shown(updated.spec()), "field is immutable");
    }
  }

  /** Kubernetes shows all fields of the spec here, by the names that they have inside it. */
  private static Tree shown(Tree spec) {
    Tree source = spec.tree("source");
    Tree named =
        Tree.of(
            "PersistentVolumeName",
            source.has("persistentVolumeName") ? source.text("persistentVolumeName") : Nil.NIL,
            "InlineVolumeSpec",
            source.has("inlineVolumeSpec") ? source.tree("inlineVolumeSpec") : Nil.NIL);
    return Tree.of(
        "Attacher", spec.text("attacher"), "Source", named, "NodeName", spec.text("nodeName"));
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    Tree status = updated.status();
    long size = 0;
    for (Map.Entry<String, String> each : status.tree("attachmentMetadata").texts().entrySet()) {
      size += each.getKey().length() + (long) each.getValue().length();
    }
    if (size > MAX_METADATA) {
      problems.tooLong(STATUS.child("attachmentMetadata"), MAX_METADATA);
    }
    for (String error : new String[] {"attachError", "detachError"}) {
      checkError(STATUS.child(error), status.tree(error), problems);
    }
  }

  private static void checkError(FieldPath field, Tree error, Problems problems) {
    if (error.text("message").length() > MAX_MESSAGE) {
      // Upstream names the bound of the metadata here.
      problems.tooLong(field.child("message"), MAX_METADATA);
    }
    long code = error.number(0, "errorCode");
    if (code < 0) {
      problems.invalid(
          field.child("errorCode"), code, "must be between 0 and 2147483647, inclusive");
    }
  }
}
