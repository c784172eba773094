package io.kuber.resource.builtin.flowcontrol;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The objects that nobody may change (apiserver, pkg/apis/flowcontrol/bootstrap). */
final class Fixed {
  private static final Items ANY = Items.of("*");
  private static final String EXEMPT = "exempt";
  private static final String CATCH_ALL = "catch-all";

  /** The specs of the two flow schemas that always are. */
  static final Map<String, Tree> SCHEMAS =
      Map.of(
          EXEMPT,
          schema(EXEMPT, 1, Tree.EMPTY, "system:masters"),
          CATCH_ALL,
          schema(
              CATCH_ALL,
              10_000,
              Tree.of("type", "ByUser"),
              "system:unauthenticated",
              "system:authenticated"));

  /** The specs of the two priority levels that always are. */
  static final Map<String, Tree> LEVELS =
      Map.of(
          EXEMPT,
          Tree.of(
              "type",
              "Exempt",
              EXEMPT,
              Tree.of("nominalConcurrencyShares", 0L, "lendablePercent", 0L)),
          CATCH_ALL,
          Tree.of(
              "type",
              "Limited",
              "limited",
              Tree.of(
                  "nominalConcurrencyShares",
                  5L,
                  "limitResponse",
                  Tree.of("type", "Reject"),
                  "lendablePercent",
                  0L)));

  private Fixed() {}

  /** Reports an object of a fixed name whose spec is another; the share of the exempt is free. */
  static void check(Map<String, Tree> fixed, KubeObject object, Problems problems) {
    Tree spec = fixed.get(object.name());
    if (spec != null && !spec.without(EXEMPT).equals(object.spec().without(EXEMPT))) {
      String free = spec.has(EXEMPT) ? " except the 'spec.exempt' field" : "";
      problems.invalid(
          FieldPath.SPEC,
          object.spec(),
          "spec of '" + object.name() + "'" + free + " must equal the fixed value");
    }
  }

  private static Tree schema(String level, long precedence, Tree method, String... groups) {
    List<Tree> subjects = new ArrayList<>();
    for (String group : groups) {
      subjects.add(Tree.of("kind", "Group", "group", Tree.of("name", group)));
    }
    Tree resources =
        Tree.of(
            "verbs",
            ANY,
            "apiGroups",
            ANY,
            "resources",
            ANY,
            "clusterScope",
            true,
            "namespaces",
            ANY);
    Tree rule =
        Tree.of(
            "subjects",
            Items.copyOf(subjects),
            "resourceRules",
            Items.of(resources),
            "nonResourceRules",
            Items.of(Tree.of("verbs", ANY, "nonResourceURLs", ANY)));
    Tree spec =
        Tree.of(
            "priorityLevelConfiguration",
            Tree.of("name", level),
            "matchingPrecedence",
            precedence,
            "rules",
            Items.of(rule));
    return method.isEmpty() ? spec : spec.with("distinguisherMethod", method);
  }
}
