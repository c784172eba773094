package io.kuber.resource.builtin.storage;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where volumes of a class may come to be (ValidateTopologySelectorTerm in core validation). */
final class TopologyCheck {
  private TopologyCheck() {}

  /** Reports terms that are malformed, and those that say what an earlier one says. */
  static void check(FieldPath field, Items terms, Problems problems) {
    Set<Map<String, Set<String>>> seen = new HashSet<>();
    for (int i = 0; i < terms.size(); i++) {
      FieldPath list = field.index(i).child("matchLabelExpressions");
      Map<String, Set<String>> term =
          checkTerm(list, terms.tree(i).items("matchLabelExpressions").trees(), problems);
      if (!seen.add(term) || term.isEmpty()) {
        problems.duplicate(list, "");
      }
    }
  }

  private static Map<String, Set<String>> checkTerm(
      FieldPath list, List<Tree> expressions, Problems problems) {
    Map<String, Set<String>> term = new HashMap<>();
    for (int i = 0; i < expressions.size(); i++) {
      String key = expressions.get(i).text("key");
      Set<String> values = checkValues(list.index(i).child("values"), expressions.get(i), problems);
      Names.checkKey(list.index(i).child("key"), key, problems);
      if (term.put(key, values) != null) {
        problems.duplicate(list.index(i).child("key"), key);
      }
    }
    return term;
  }

  private static Set<String> checkValues(FieldPath field, Tree expression, Problems problems) {
    List<String> values = expression.items("values").texts();
    if (values.isEmpty()) {
      problems.required(field, "");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(values.get(i))) {
        problems.duplicate(field.index(i), values.get(i));
      }
    }
    return seen;
  }
}
