package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
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
    if (!spec.text("attacher").isEmpty()) {
      Texts.checkDriver(FieldPath.SPEC.child("attacher"), spec.text("attacher"), problems);
    }
    Texts.checkForm(field, source, "persistentVolumeName", Names.SUBDOMAIN, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(FieldPath.SPEC, updated.spec(), old.spec(), problems);
  }
}
