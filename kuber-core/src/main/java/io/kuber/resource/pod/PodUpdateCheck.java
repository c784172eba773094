package io.kuber.resource.pod;

import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an update of a pod may not change, which is nearly all of it. */
public final class PodUpdateCheck {
  private static final String RULE =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
          + " previously negative)";

  private static final String GRACE = "terminationGracePeriodSeconds";

  private static final String DEADLINE = "activeDeadlineSeconds";

  private PodUpdateCheck() {}

  /** Reports what the change of a spec may not do. */
  public static void check(Tree updated, Tree old, Problems problems) {
    checkDeadline(updated, old, problems);
    if (!kinds(updated).containsAll(kinds(old))) {
      problems.forbidden(
          FieldPath.SPEC.child("tolerations"),
          "existing toleration can not be modified except its tolerationSeconds");
    }
    checkGates(updated, old, problems);
    if (updated.items("containers").size() != old.items("containers").size()) {
      problems.forbidden(
          FieldPath.SPEC.child("containers"), "pod updates may not add or remove containers");
    } else if (!frozen(updated, old).equals(frozen(old, old))) {
      problems.forbidden(FieldPath.SPEC, RULE);
    }
  }

  /** What is tolerated, for however long. */
  private static Set<Tree> kinds(Tree spec) {
    Set<Tree> kinds = new HashSet<>();
    spec.items("tolerations").trees().forEach(t -> kinds.add(t.without("tolerationSeconds")));
    return kinds;
  }

  /** A deadline may be set and brought forward, not put off. */
  private static void checkDeadline(Tree updated, Tree old, Problems problems) {
    if (!old.has(DEADLINE)) {
      return;
    }
    FieldPath field = FieldPath.SPEC.child(DEADLINE);
    long deadline = updated.number(0, DEADLINE);
    if (!updated.has(DEADLINE)) {
      problems.invalid(field, Nil.NIL, "must not update from a positive integer to nil value");
    } else if (deadline > old.number(0, DEADLINE)) {
      problems.invalid(field, deadline, "must be less than or equal to previous value");
    }
  }

  private static void checkGates(Tree updated, Tree old, Problems problems) {
    List<Tree> gates = updated.items("schedulingGates").trees();
    for (int i = 0; i < gates.size(); i++) {
      if (!old.items("schedulingGates").contains(gates.get(i))) {
        problems.forbidden(
            FieldPath.SPEC.child("schedulingGates").index(i).child("name"),
            "only deletion is allowed, but found new scheduling gate '"
                + gates.get(i).text("name")
                + "'");
      }
    }
  }

  /** The spec without what may change, given what it was. */
  private static Tree frozen(Tree spec, Tree old) {
    Tree rest = spec.without("tolerations").without(DEADLINE);
    for (String list : new String[] {"containers", "initContainers"}) {
      rest = rest.withEach(list, container -> container.without("image"));
    }
    if (!old.items("schedulingGates").isEmpty()) {
      rest = rest.without("schedulingGates").without("nodeSelector").without("affinity");
    }
    boolean maySetGrace =
        old.number(0, GRACE) < 0 && (spec.number(0, GRACE) < 0 || spec.number(0, GRACE) == 1);
    return maySetGrace ? rest.without(GRACE) : rest;
  }
}
