package io.kuber.node.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What has to change so that one rule set becomes another: pure.
 *
 * @param removed front ends that end
 * @param changed front ends that stay and are balanced otherwise
 * @param added front ends that begin
 */
record RuleSetDiff(List<Rule> removed, List<Change> changed, List<Rule> added) {
  /** A front end with what happens to it. */
  record Rule(Frontend frontend, Balance balance) {}

  /** A front end with what happened to it and what is to happen. */
  record Change(Frontend frontend, Balance before, Balance after) {}

  RuleSetDiff {
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    added = List.copyOf(added);
  }

  static RuleSetDiff between(RuleSet before, RuleSet after) {
    List<Rule> removed = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    List<Rule> added = new ArrayList<>();
    for (Map.Entry<Frontend, Balance> old : before.rules().entrySet()) {
      Balance now = after.rules().get(old.getKey());
      if (now == null) {
        removed.add(new Rule(old.getKey(), old.getValue()));
      } else if (!now.equals(old.getValue())) {
        changed.add(new Change(old.getKey(), old.getValue(), now));
      }
    }
    for (Map.Entry<Frontend, Balance> next : after.rules().entrySet()) {
      if (!before.rules().containsKey(next.getKey())) {
        added.add(new Rule(next.getKey(), next.getValue()));
      }
    }
    return new RuleSetDiff(removed, changed, added);
  }

  boolean isEmpty() {
    return removed.isEmpty() && changed.isEmpty() && added.isEmpty();
  }

  /** The change in words. */
  String summary() {
    return "add "
        + added.size()
        + ", change "
        + changed.size()
        + ", remove "
        + removed.size()
        + " service addresses";
  }
}
