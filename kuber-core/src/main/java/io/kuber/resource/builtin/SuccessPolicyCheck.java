package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Numbers;
import java.util.List;

/** What is wrong with when an indexed job counts as done. */
final class SuccessPolicyCheck {
  private static final int MOST_RULES = 20;
  private static final int LONGEST_INDEXES = 64 << 10;

  private SuccessPolicyCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    List<Tree> rules = spec.items("successPolicy", "rules").trees();
    FieldPath field = path.child("rules");
    if (rules.isEmpty()) {
      problems.required(
          field, "at least one rules must be specified when the successPolicy is specified");
    }
    if (rules.size() > MOST_RULES) {
      problems.tooMany(field, rules.size(), MOST_RULES);
    }
    for (int i = 0; i < rules.size(); i++) {
      checkRule(field.index(i), rules.get(i), spec.number(0, "completions"), problems);
    }
  }

  private static void checkRule(FieldPath path, Tree rule, long completions, Problems problems) {
    boolean indexed = rule.has("succeededIndexes");
    if (!indexed && !rule.has("succeededCount")) {
      problems.required(
          path, "at least one of succeededCount or succeededIndexes must be specified");
    }
    long total = 0;
    if (indexed) {
      FieldPath field = path.child("succeededIndexes");
      String text = rule.text("succeededIndexes");
      if (text.length() > LONGEST_INDEXES) {
        problems.tooLong(field, LONGEST_INDEXES);
        return;
      }
      try {
        total = Indexes.count(text, completions);
      } catch (IllegalArgumentException malformed) {
        problems.invalid(field, text, "error parsing succeededIndexes: " + malformed.getMessage());
      }
    }
    checkCount(path, rule, completions, indexed ? total : completions, problems);
  }

  private static void checkCount(
      FieldPath path, Tree rule, long completions, long indexes, Problems problems) {
    Numbers.checkNotNegative(path, rule, "succeededCount", problems);
    long count = rule.number(0, "succeededCount");
    FieldPath field = path.child("succeededCount");
    if (count > completions) {
      problems.invalid(
          field,
          count,
          "must be less than or equal to "
              + completions
              + " (the number of specified completions)");
    }
    if (rule.has("succeededIndexes") && count > indexes) {
      problems.invalid(
          field,
          count,
          "must be less than or equal to "
              + indexes
              + " (the number of indexes in the specified succeededIndexes field)");
    }
  }
}
