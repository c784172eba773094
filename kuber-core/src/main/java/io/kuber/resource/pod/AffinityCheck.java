package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.NodeSelectorCheck;
import io.kuber.resource.check.SelectorCheck;
import java.util.List;

/** What is wrong with what draws a pod to nodes and to other pods. */
final class AffinityCheck {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final long HEAVIEST = 100;

  private AffinityCheck() {}

  static void check(FieldPath path, Tree affinity, Problems problems) {
    Tree nodes = affinity.tree("nodeAffinity");
    FieldPath field = path.child("nodeAffinity");
    if (nodes.has(REQUIRED)) {
      NodeSelectorCheck.check(field.child(REQUIRED), nodes.tree(REQUIRED), problems);
    }
    List<Tree> preferred = nodes.items(PREFERRED).trees();
    for (int i = 0; i < preferred.size(); i++) {
      FieldPath at = field.child(PREFERRED).index(i);
      checkWeight(at, preferred.get(i), problems);
      NodeSelectorCheck.checkTerm(
          at.child("preference"), preferred.get(i).tree("preference"), problems);
    }
    for (String kind : new String[] {"podAffinity", "podAntiAffinity"}) {
      checkPods(path.child(kind), affinity.tree(kind), problems);
    }
  }

  private static void checkPods(FieldPath path, Tree affinity, Problems problems) {
    List<Tree> required = affinity.items(REQUIRED).trees();
    for (int i = 0; i < required.size(); i++) {
      checkTerm(path.child(REQUIRED).index(i), required.get(i), problems);
    }
    List<Tree> preferred = affinity.items(PREFERRED).trees();
    for (int i = 0; i < preferred.size(); i++) {
      FieldPath at = path.child(PREFERRED).index(i);
      checkWeight(at, preferred.get(i), problems);
      checkTerm(at.child("podAffinityTerm"), preferred.get(i).tree("podAffinityTerm"), problems);
    }
  }

  private static void checkWeight(FieldPath path, Tree term, Problems problems) {
    long weight = term.number(0, "weight");
    if (weight <= 0 || weight > HEAVIEST) {
      problems.invalid(path.child("weight"), weight, "must be in the range 1-100");
    }
  }

  private static void checkTerm(FieldPath path, Tree term, Problems problems) {
    for (String selector : new String[] {"labelSelector", "namespaceSelector"}) {
      SelectorCheck.check(path.child(selector), term.tree(selector), problems);
    }
    for (String namespace : term.items("namespaces").texts()) {
      Names.LABEL.check(path.child("namespace"), namespace, problems);
    }
    for (String keys : new String[] {"matchLabelKeys", "mismatchLabelKeys"}) {
      checkKeys(path.child(keys), term, keys, problems);
    }
    List<String> matching = term.items("matchLabelKeys").texts();
    for (int i = 0; i < matching.size(); i++) {
      if (term.items("mismatchLabelKeys").contains(matching.get(i))) {
        problems.invalid(
            path.child("matchLabelKeys").index(i),
            matching.get(i),
            "exists in both matchLabelKeys and mismatchLabelKeys");
      }
    }
    String key = term.text("topologyKey");
    if (key.isEmpty()) {
      problems.required(path.child("topologyKey"), "can not be empty");
    }
    Names.checkKey(path.child("topologyKey"), key, problems);
  }

  private static void checkKeys(FieldPath path, Tree term, String name, Problems problems) {
    List<String> keys = term.items(name).texts();
    if (!keys.isEmpty() && !term.has("labelSelector")) {
      problems.forbidden(path, "must not be specified when labelSelector is not set");
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      Names.checkKey(path.index(i), keys.get(i), problems);
    }
  }
}
