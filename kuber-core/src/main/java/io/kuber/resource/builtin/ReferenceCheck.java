package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Texts;

/** References to objects of any kind (pkg/apis/autoscaling/validation). */
final class ReferenceCheck {
  /** What a version in a reference has to say of the group. */
  enum Group {
    /** Anything, even what is no version. */
    ANY,
    /** A group or none, which is that of core. */
    OPTIONAL,
    /** A group. */
    REQUIRED;

    /** Whether {@code version} says as much. */
    boolean allows(String version) {
      return this == ANY || (isVersion(version) && (this == OPTIONAL || version.indexOf('/') > 0));
    }
  }

  private ReferenceCheck() {}

  private static boolean isVersion(String version) {
    return version.indexOf('/') == version.lastIndexOf('/');
  }

  /** Reports a reference to an object that does not say which. */
  static void check(FieldPath path, Tree reference, Group group, Problems problems) {
    Texts.checkSet(path, reference, "kind", NameForm.PATH_SEGMENT, problems);
    Texts.checkSet(path, reference, "name", NameForm.PATH_SEGMENT, problems);
    String version = reference.text("apiVersion");
    if (!group.allows(version)) {
      problems.invalid(
          path.child("apiVersion"),
          version,
          isVersion(version)
              ? "apiVersion must specify API group"
              : "unexpected GroupVersion string: " + version);
    }
  }
}
