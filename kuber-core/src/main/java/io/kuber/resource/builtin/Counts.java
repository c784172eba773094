package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Numbers;

/** What the numbers in the status of a workload must not say. */
final class Counts {
  private static final FieldPath STATUS = FieldPath.ROOT.child("status");

  private Counts() {}

  /** Reports the fields that are below zero. */
  static void check(KubeObject object, Problems problems, String... fields) {
    for (String field : fields) {
      Numbers.checkNotNegative(STATUS, object.status(), field, problems);
    }
  }

  /** Reports the fields that count more pods than there are. */
  static void checkWithinReplicas(KubeObject object, Problems problems, String... fields) {
    Tree status = object.status();
    for (String field : fields) {
      long count = status.number(0, field);
      if (count > status.number(0, "replicas")) {
        problems.invalid(STATUS.child(field), count, "cannot be greater than status.replicas");
      }
    }
    long available = status.number(0, "availableReplicas");
    if (available > status.number(0, "readyReplicas")) {
      problems.invalid(
          STATUS.child("availableReplicas"), available, "cannot be greater than readyReplicas");
    }
  }

  /** Reports that fewer collisions are counted than before. */
  static void checkCollisions(KubeObject updated, KubeObject old, Problems problems) {
    long collisions = updated.status().number(0, "collisionCount");
    if (collisions < old.status().number(0, "collisionCount")) {
      problems.invalid(STATUS.child("collisionCount"), collisions, "cannot be decremented");
    }
  }
}
