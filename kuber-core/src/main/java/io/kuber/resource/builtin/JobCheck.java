package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import io.kuber.resource.pod.TemplateCheck;
import java.util.List;

/** What is wrong with a job, or with the template of one (pkg/apis/batch/validation). */
final class JobCheck {
  private static final long MOST_PARALLEL = 100_000;
  private static final long MANY_COMPLETIONS = 100_000;
  private static final long MOST_WITH_MANY = 10_000;
  private static final int LONGEST_MANAGER = 63;

  private static final String[] NOT_NEGATIVE = {
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes"
  };

  private static final String OF_INDEXED = "requires indexed completion mode";

  private JobCheck() {}

  static void check(KubeObject job, Problems problems) {
    MetadataCheck.check(job, Names.SUBDOMAIN, problems);
    JobLabels.check(job, problems);
    Tree spec = job.spec();
    checkSpec(FieldPath.SPEC, spec, problems);
    FieldPath selector = FieldPath.SPEC.child("selector");
    if (spec.has("selector")) {
      SelectorCheck.check(selector, spec.tree("selector"), problems);
    } else {
      problems.required(selector, "");
    }
    SelectorCheck.checkMatches(FieldPath.SPEC, spec, problems);
    long completions = spec.number(0, "completions");
    String last = job.name() + "-" + (completions - 1);
    if (isIndexed(spec) && completions > 0 && !Names.LABEL.isMatchedBy(last)) {
      problems.invalid(
          FieldPath.METADATA.child("name"),
          job.name(),
          "will not able to create pod with invalid DNS label: " + last);
    }
  }

  static boolean isIndexed(Tree spec) {
    return spec.text("completionMode").equals("Indexed");
  }

  /** Reports what is wrong apart from selectors, which templates of jobs do not have. */
  static void checkSpec(FieldPath path, Tree spec, Problems problems) {
    for (String field : NOT_NEGATIVE) {
      Numbers.checkNotNegative(path, spec, field, problems);
    }
    if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
      problems.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
    if (spec.has("managedBy")) {
      String manager = spec.text("managedBy");
      Texts.checkDomainPrefixedPath(path.child("managedBy"), manager, problems);
      if (manager.length() > LONGEST_MANAGER) {
        problems.tooLong(path.child("managedBy"), LONGEST_MANAGER);
      }
    }
    Numbers.checkOneOf(path, spec, "completionMode", List.of("NonIndexed", "Indexed"), problems);
    if (isIndexed(spec)) {
      checkIndexed(path, spec, problems);
    } else {
      for (String field : new String[] {"backoffLimitPerIndex", "maxFailedIndexes"}) {
        if (spec.has(field)) {
          problems.invalid(path.child(field), spec.number(0, field), OF_INDEXED);
        }
      }
    }
    checkPolicies(path, spec, problems);
    TemplateCheck.check(path.child("template"), spec.tree("template"), problems);
    checkRestart(path.child("template", "spec", "restartPolicy"), spec, problems);
  }

  private static void checkIndexed(FieldPath path, Tree spec, Problems problems) {
    if (!spec.has("completions")) {
      problems.required(path.child("completions"), "when completion mode is Indexed");
    }
    long parallelism = spec.number(0, "parallelism");
    long completions = spec.number(Long.MAX_VALUE, "completions");
    long failed = spec.number(0, "maxFailedIndexes");
    if (parallelism > MOST_PARALLEL) {
      problems.invalid(
          path.child("parallelism"),
          parallelism,
          "must be less than or equal to " + MOST_PARALLEL + " when completion mode is Indexed");
    }
    if (failed > completions) {
      problems.invalid(
          path.child("maxFailedIndexes"), failed, "must be less than or equal to completions");
    }
    if (failed > MOST_PARALLEL) {
      problems.invalid(
          path.child("maxFailedIndexes"), failed, "must be less than or equal to " + MOST_PARALLEL);
    }
    boolean many = spec.has("completions") && completions > MANY_COMPLETIONS;
    if (many && spec.has("backoffLimitPerIndex")) {
      checkMany(path, spec, problems);
    }
  }

  private static void checkMany(FieldPath path, Tree spec, Problems problems) {
    if (!spec.has("maxFailedIndexes")) {
      problems.required(
          path.child("maxFailedIndexes"),
          "must be specified when completions is above " + MANY_COMPLETIONS);
    }
    for (String field : new String[] {"parallelism", "maxFailedIndexes"}) {
      long number = spec.number(0, field);
      if (number > MOST_WITH_MANY) {
        problems.invalid(
            path.child(field),
            number,
            "must be less than or equal to "
                + MOST_WITH_MANY
                + " when completions are above "
                + MANY_COMPLETIONS
                + " and used with backoff limit per index");
      }
    }
  }

  private static void checkPolicies(FieldPath path, Tree spec, Problems problems) {
    if (spec.has("podFailurePolicy")) {
      FailurePolicyCheck.check(path.child("podFailurePolicy"), spec, problems);
    }
    if (spec.has("successPolicy")) {
      FieldPath field = path.child("successPolicy");
      if (isIndexed(spec)) {
        SuccessPolicyCheck.check(field, spec, problems);
      } else {
        problems.invalid(field, spec.tree("successPolicy"), OF_INDEXED);
      }
    }
    if (spec.has("podReplacementPolicy")) {
      List<String> supported =
          spec.has("podFailurePolicy")
              ? List.of("Failed")
              : List.of("Failed", "TerminatingOrFailed");
      Texts.checkOneOf(path, spec, "podReplacementPolicy", supported, problems);
    }
  }

  private static void checkRestart(FieldPath field, Tree spec, Problems problems) {
    String restart = spec.text("template", "spec", "restartPolicy");
    switch (restart) {
      case "", "Always" -> problems.required(field, "valid values: \"OnFailure\", \"Never\"");
      case "OnFailure" -> {
        if (spec.has("podFailurePolicy")) {
          problems.invalid(
              field, restart, "only \"Never\" is supported when podFailurePolicy is specified");
        }
      }
      case "Never" -> {}
      default -> problems.notSupported(field, restart, List.of("OnFailure", "Never"));
    }
  }
}
