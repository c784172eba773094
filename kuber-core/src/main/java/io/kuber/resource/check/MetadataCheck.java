package io.kuber.resource.check;

import io.kuber.object.Items;
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
import java.util.stream.Collectors;

/** What holds for the metadata of every kind (apimachinery, pkg/api/validation). */
public final class MetadataCheck {
  /** All annotations of an object together. */
  private static final int MAX_ANNOTATIONS = 256 << 10;

  private static final String IMMUTABLE = "field is immutable";

  private static final FieldPath OWNERS = FieldPath.METADATA.child("ownerReferences");
  private static final FieldPath FINALIZERS = FieldPath.METADATA.child("finalizers");

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
    checkFinalizers(object.finalizers(), problems);
  }

  private static void checkFinalizers(List<String> finalizers, Problems problems) {
    finalizers.forEach(finalizer -> Names.checkKey(FINALIZERS, finalizer, problems));
    if (finalizers.containsAll(List.of("orphan", "foregroundDeletion"))) {
      problems.invalid(
          FINALIZERS,
          Items.copyOf(finalizers),
          "finalizer orphan and foregroundDeletion cannot be both set");
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
    String first = "";
    for (Tree owner : object.metadata().items("ownerReferences").trees()) {
      checkOwner(owner, problems);
      if (owner.isTrue("controller")) {
        String controller = owner.text("kind") + "/" + owner.text("name");
        if (!first.isEmpty()) {
          problems.invalid(
              OWNERS,
              object.metadata().items("ownerReferences"),
              "Only one reference can have Controller set to true. Found \"true\" in references for "
                  + first
                  + " and "
                  + controller);
        }
        first = first.isEmpty() ? controller : first;
      }
    }
  }

  /** Reports what an owner lacks; which of them it is, Kubernetes does not say. */
  private static void checkOwner(Tree owner, Problems problems) {
    String version = owner.text("apiVersion");
    if (version.isEmpty()
        || version.endsWith("/")
        || version.indexOf('/') != version.lastIndexOf('/')) {
      problems.invalid(OWNERS.child("apiVersion"), version, "version must not be empty");
    }
    for (String part : new String[] {"kind", "name", "uid"}) {
      if (owner.text(part).isEmpty()) {
        problems.invalid(OWNERS.child(part), "", "must not be empty");
      }
    }
    if (version.equals("v1") && owner.text("kind").equals("Event")) {
      problems.invalid(OWNERS, owner, "/v1, Kind=Event is disallowed from being an owner");
    }
  }

  /** Reports what an update of metadata may not do. */
  public static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    if (old.isBeingDeleted()) {
      List<String> added =
          updated.finalizers().stream().filter(f -> !old.finalizers().contains(f)).toList();
      if (!added.isEmpty()) {
        problems.forbidden(
            FINALIZERS,
            "no new finalizers can be added if the object is being deleted, found new finalizers "
                + added.stream()
                    .sorted()
                    .map(Problems::quoted)
                    .collect(Collectors.joining(", ", "[]string{", "}")));
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
