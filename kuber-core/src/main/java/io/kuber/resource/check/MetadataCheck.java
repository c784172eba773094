package io.kuber.resource.check;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.LabelSyntax;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What holds for the metadata of every kind (apimachinery, pkg/api/validation). */
public final class MetadataCheck {
  /** All annotations of an object together. */
  private static final int MAX_ANNOTATIONS = 256 << 10;

  private static final String IMMUTABLE = "field is immutable";

  private MetadataCheck() {}

  /** Reports what is wrong with the metadata of an object whose names have the given form. */
  public static void check(KubeObject object, NameForm form, Problems problems) {
    checkName(object, form, problems);
    checkChangeable(object, problems);
  }

  /** Reports what is wrong with metadata beside the names, all of which updates may change. */
  public static void checkChangeable(KubeObject object, Problems problems) {
    checkLabels(FieldPath.METADATA.child("labels"), object.labels(), problems);
    checkAnnotations(FieldPath.METADATA.child("annotations"), object.annotations(), problems);
    checkOwners(object, problems);
    int index = 0;
    for (String finalizer : object.finalizers()) {
      Names.checkKey(FieldPath.METADATA.child("finalizers").index(index++), finalizer, problems);
    }
  }

  private static void checkName(KubeObject object, NameForm form, Problems problems) {
    FieldPath name = FieldPath.METADATA.child("name");
    if (object.name().isEmpty()) {
      problems.required(name, "name or generateName is required");
    } else {
      form.check(name, object.name(), problems);
    }
  }

  /** Reports what is wrong with labels. */
  public static void checkLabels(FieldPath field, Map<String, String> labels, Problems problems) {
    labels.forEach(
        (key, value) -> {
          Names.checkKey(field, key, problems);
          LabelSyntax.valueErrors(value).forEach(error -> problems.invalid(field, value, error));
        });
  }

  /** Reports what is wrong with annotations: their keys are held as if in lower case. */
  public static void checkAnnotations(
      FieldPath field, Map<String, String> annotations, Problems problems) {
    long size = 0;
    for (Map.Entry<String, String> annotation : annotations.entrySet()) {
      Names.checkKey(field, annotation.getKey().toLowerCase(Locale.ROOT), problems);
      size += annotation.getKey().length() + annotation.getValue().length();
    }
    if (size > MAX_ANNOTATIONS) {
      problems.tooLong(field, MAX_ANNOTATIONS);
    }
  }

  private static void checkOwners(KubeObject object, Problems problems) {
    FieldPath field = FieldPath.METADATA.child("ownerReferences");
    List<Tree> owners = object.metadata().items("ownerReferences").trees();
    int controllers = 0;
    for (int i = 0; i < owners.size(); i++) {
      Tree owner = owners.get(i);
      for (String part : new String[] {"apiVersion", "kind", "name", "uid"}) {
        if (owner.text(part).isEmpty()) {
          problems.invalid(field.index(i).child(part), "", part + " must not be empty");
        }
      }
      controllers += owner.isTrue("controller") ? 1 : 0;
    }
    if (controllers > 1) {
      problems.invalid(
          field,
          object.metadata().items("ownerReferences"),
          "Only one reference can have Controller set to true");
    }
  }

  /** Reports what an update of metadata may not do. */
  public static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    if (old.isBeingDeleted()) {
      List<String> added =
          updated.finalizers().stream().filter(f -> !old.finalizers().contains(f)).toList();
      if (!added.isEmpty()) {
        problems.forbidden(
            FieldPath.METADATA.child("finalizers"),
            "no new finalizers can be added if the object is being deleted, found new finalizers "
                + added);
      }
    }
  }

  /** Reports that a field changed that may not. */
  public static void checkImmutable(
      FieldPath field, Object updated, Object old, Problems problems) {
    if (!updated.equals(old)) {
      problems.invalid(field, updated, IMMUTABLE);
    }
  }

  /** Reports that a field of a tree changed that may not, be it set, unset or another. */
  public static void checkImmutable(
      FieldPath path, Tree updated, Tree old, String name, Problems problems) {
    Object value = updated.get(name);
    if (!Objects.equals(value, old.get(name))) {
      problems.invalid(path.child(name), value == null ? Nil.NIL : value, IMMUTABLE);
    }
  }
}
