package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Amounts;

/** What is wrong with an empty directory: only its size can be. */
final class EmptyDirCheck {
  private EmptyDirCheck() {}

  static void check(FieldPath path, Tree source, Problems problems) {
    Object limit = source.get("sizeLimit");
    if (limit != null) {
      boolean negative = Amounts.of(limit).filter(amount -> amount.signum() < 0).isPresent();
      if (negative) {
        problems.forbidden(
            path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
      }
    }
  }
}
