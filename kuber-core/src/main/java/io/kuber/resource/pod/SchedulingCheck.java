package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.TolerationCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with what a pod puts up with, and with what it waits for. */
final class SchedulingCheck {
  private SchedulingCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    List<Tree> readiness = spec.items("readinessGates").trees();
    for (int i = 0; i < readiness.size(); i++) {
      Names.checkKey(
          path.child("readinessGates").index(i).child("conditionType"),
          readiness.get(i).text("conditionType"),
          problems);
    }
    Set<String> names = new HashSet<>();
    List<Tree> gates = spec.items("schedulingGates").trees();
    for (int i = 0; i < gates.size(); i++) {
      FieldPath field = path.child("schedulingGates").index(i);
      String name = gates.get(i).text("name");
      Names.checkKey(field, name, problems);
      if (!names.add(name)) {
        problems.duplicate(field, name);
      }
    }
    TolerationCheck.check(path.child("tolerations"), spec.items("tolerations").trees(), problems);
  }
}
