package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;

/** What an update of a job may not change: what its pods are made of and counted by. */
final class JobUpdateCheck {
  /** Where pods may run can still be said while none was started. */
  private static final String[][] DIRECTIVES = {
    {"metadata", "labels"},
    {"metadata", "annotations"},
    {"spec", "affinity", "nodeAffinity"},
    {"spec", "nodeSelector"},
    {"spec", "tolerations"},
    {"spec", "schedulingGates"}
  };

  private JobUpdateCheck() {}

  static void check(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    Tree spec = updated.spec();
    Tree before = old.spec();
    checkCompletions(spec, before, problems);
    MetadataCheck.checkImmutable(FieldPath.SPEC, spec, before, "selector", problems);
    boolean waiting = before.isTrue("suspend") && !old.status().has("startTime");
    Tree template = waiting ? frozen(spec) : spec.tree("template");
    Tree templateBefore = waiting ? frozen(before) : before.tree("template");
    MetadataCheck.checkImmutable(
        FieldPath.SPEC.child("template"), template, templateBefore, problems);
    for (String field :
        new String[] {
          "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"
        }) {
      MetadataCheck.checkImmutable(FieldPath.SPEC, spec, before, field, problems);
    }
  }

  private static Tree frozen(Tree spec) {
    Tree rest = spec.tree("template");
    for (String[] directive : DIRECTIVES) {
      rest = rest.withoutAt(directive);
    }
    boolean empty = rest.tree("spec").has("affinity") && rest.tree("spec", "affinity").isEmpty();
    return empty ? rest.withoutAt("spec", "affinity") : rest;
  }

  private static void checkCompletions(Tree spec, Tree before, Problems problems) {
    if (!JobCheck.isIndexed(spec)) {
      MetadataCheck.checkImmutable(FieldPath.SPEC, spec, before, "completions", problems);
      return;
    }
    long completions = spec.number(0, "completions");
    boolean changed = completions != before.number(0, "completions");
    if (changed && completions != spec.number(0, "parallelism")) {
      problems.invalid(
          FieldPath.SPEC.child("completions"),
          completions,
          "can only be modified in tandem with spec.parallelism");
    }
  }
}
