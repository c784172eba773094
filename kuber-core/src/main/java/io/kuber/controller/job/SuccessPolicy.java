package io.kuber.controller.job;

import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;

/**
 * With which indexes an indexed job has succeeded before all have (upstream:
 * pkg/controller/job/success_policy.go).
 *
 * @param rules the first that is met counts
 */
record SuccessPolicy(List<Tree> rules) {
  static SuccessPolicy of(Tree spec) {
    return new SuccessPolicy(spec.items("successPolicy", "rules").trees());
  }

  /** Says which rule is met by the indexes that have succeeded; empty when none is. */
  Optional<String> met(IndexSet succeeded, long bound) {
    for (int i = 0; i < rules.size(); i++) {
      if (succeeded.size() > 0 && meets(rules.get(i), succeeded, bound)) {
        return Optional.of("Matched rules at index " + i);
      }
    }
    return Optional.empty();
  }

  private static boolean meets(Tree rule, IndexSet succeeded, long bound) {
    long count = rule.number(Long.MAX_VALUE, "succeededCount");
    if (!rule.has("succeededIndexes")) {
      return succeeded.size() >= count;
    }
    IndexSet wanted = IndexSet.parse(rule.text("succeededIndexes"), bound);
    return wanted.size() > 0 && succeeded.and(wanted).size() >= Math.min(count, wanted.size());
  }
}
