package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.selector.LabelSyntax;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may change in a claim of storage: its volume and its class once, its size when it is bound,
 * upwards (pkg/apis/core/validation, ValidatePersistentVolumeClaimUpdate).
 */
final class ClaimUpdateCheck {
  private static final FieldPath SIZE = FieldPath.SPEC.child("resources", "requests", "storage");
  private static final FieldPath ATTRIBUTES = FieldPath.SPEC.child("volumeAttributesClassName");
  private static final FieldPath STATUS = FieldPath.ROOT.child("status");
  private static final String CLASS = "storageClassName";
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
  private static final List<String> RESIZES =
      List.of(
          "ControllerResizeInProgress",
          "ControllerResizeInfeasible",
          "NodeResizeInProgress",
          "NodeResizeInfeasible",
          "NodeResizePending");

  private ClaimUpdateCheck() {}

  static void check(KubeObject updated, KubeObject old, Problems problems) {
    boolean moves = movesClass(updated, old);
    if (!moves) {
      MetadataCheck.checkImmutable(
          FieldPath.METADATA.child("annotations", CLASS_ANNOTATION),
          annotated(updated),
          annotated(old),
          problems);
    }
    if (!frozen(updated, old, moves).equals(frozen(old, old, moves))) {
      problems.forbidden(
          FieldPath.SPEC,
          "spec is immutable after creation except resources.requests and"
              + " volumeAttributesClassName for bound claims");
    }
    Quantity size = size(updated.spec().at("resources", "requests", "storage"));
    boolean smaller = size.compareTo(size(old.spec().at("resources", "requests", "storage"))) < 0;
    if (smaller && size.compareTo(size(old.status().at("capacity", "storage"))) <= 0) {
      problems.forbidden(SIZE, "field can not be less than status.capacity");
    }
    MetadataCheck.checkImmutable(
        FieldPath.ROOT, updated.spec(), old.spec(), "volumeMode", problems);
    checkAttributes(updated.spec(), old.spec(), problems);
  }

  private static String annotated(KubeObject claim) {
    return claim.annotations().getOrDefault(CLASS_ANNOTATION, "");
  }

  /** The class by annotation may become the class by name, as long as it is the same. */
  private static boolean movesClass(KubeObject updated, KubeObject old) {
    String before = old.annotations().get(CLASS_ANNOTATION);
    return before != null
        && !old.spec().has(CLASS)
        && updated.spec().has(CLASS)
        && updated.spec().text(CLASS).equals(before)
        && updated.annotations().getOrDefault(CLASS_ANNOTATION, before).equals(before);
  }

  /** The spec without what may change, given what it was. */
  private static Tree frozen(KubeObject claim, KubeObject old, boolean moves) {
    Tree rest = claim.spec();
    if (old.spec().text("volumeName").isEmpty()) {
      rest = rest.without("volumeName");
    }
    String annotated = old.annotations().get(CLASS_ANNOTATION);
    boolean gainsClass =
        !old.spec().has(CLASS)
            && claim.spec().has(CLASS)
            && (annotated == null || claim.spec().text(CLASS).equals(annotated));
    if (moves || gainsClass) {
      rest = rest.without(CLASS);
    }
    return claim.status().text("phase").equals("Bound")
        ? rest.withoutAt("resources", "requests", "storage").without("volumeAttributesClassName")
        : rest;
  }

  private static Quantity size(@Nullable Object amount) {
    return amount == null ? Quantity.ZERO : Amounts.of(amount).orElse(Quantity.ZERO);
  }

  private static void checkAttributes(Tree updated, Tree old, Problems problems) {
    if (!old.has("volumeAttributesClassName")) {
      return;
    }
    if (!updated.has("volumeAttributesClassName")) {
      problems.forbidden(ATTRIBUTES, "update from non-nil value to nil is forbidden");
    } else if (updated.text("volumeAttributesClassName").isEmpty()
        && !old.text("volumeAttributesClassName").isEmpty()) {
      problems.forbidden(ATTRIBUTES, "update from non-nil value to an empty string is forbidden");
    }
  }

  static void checkStatus(Tree status, Problems problems) {
    FieldPath capacity = STATUS.child("capacity");
    status
        .tree("capacity")
        .forEach((name, size) -> checkAmount(capacity.key(name), size, problems));
    FieldPath resizes = STATUS.child("allocatedResourceStatus");
    status
        .tree("allocatedResourceStatuses")
        .forEach(
            (name, resize) -> {
              checkName(resizes, name, problems);
              if (!RESIZES.contains(resize.toString())) {
                problems.notSupported(resizes, name, RESIZES);
              }
            });
    FieldPath allocated = STATUS.child("allocatedResources");
    status
        .tree("allocatedResources")
        .forEach(
            (name, size) -> {
              if (checkName(allocated, name, problems)) {
                checkAmount(allocated.key(name), size, problems);
              }
            });
  }

  private static boolean checkName(FieldPath field, String name, Problems problems) {
    List<String> errors = LabelSyntax.keyErrors(name);
    errors.forEach(error -> problems.invalid(field, name, error));
    boolean isNative = !name.contains("/") || name.contains("kubernetes.io/");
    boolean isOther = errors.isEmpty() && isNative && !name.equals("storage");
    if (isOther) {
      problems.notSupported(field, name, List.of("storage"));
    }
    return errors.isEmpty() && !isOther;
  }

  private static void checkAmount(FieldPath field, Object size, Problems problems) {
    Optional<Quantity> amount = Amounts.of(size);
    if (amount.isPresent() && amount.get().signum() < 0) {
      problems.invalid(field, amount.get().value(), "must be a valid resource quantity");
    }
  }
}
