package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;

/** What an update of a pod may not change, which is nearly all of it. */
public final class PodUpdateCheck {
  private static final String RULE =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
          + " previously negative)";

  private static final String GRACE = "terminationGracePeriodSeconds";

  private PodUpdateCheck() {}

  /** Reports what the change of a spec may not do. */
  public static void check(Tree updated, Tree old, Problems problems) {
    if (!new HashSet<>(updated.items("tolerations").trees())
        .containsAll(old.items("tolerations").trees())) {
      problems.forbidden(
          FieldPath.SPEC.child("tolerations"),
          "existing toleration can not be modified except its tolerationSeconds");
    }
    if (updated.items("containers").size() != old.items("containers").size()) {
      problems.forbidden(
          FieldPath.SPEC.child("containers"), "pod updates may not add or remove containers");
    } else if (!frozen(updated, old).equals(frozen(old, old))) {
      problems.forbidden(FieldPath.SPEC, RULE);
    }
  }

  /** The spec without what may change, given what it was. */
  private static Tree frozen(Tree spec, Tree old) {
    Tree rest = spec.without("tolerations").without("activeDeadlineSeconds");
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
