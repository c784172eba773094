package io.kuber.node;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * A container that ends with certain codes is started again whatever its policy (core/v1
 * ContainerRestartRule).
 *
 * @param codes the exit codes that are named
 * @param in whether it is these codes or all others that matter
 */
record RestartRule(List<Long> codes, boolean in) {
  RestartRule {
    codes = List.copyOf(codes);
  }

  static List<RestartRule> of(Tree container) {
    return container.items("restartPolicyRules").trees().stream()
        .filter(rule -> rule.text("action").equals("Restart"))
        .map(rule -> ofExitCodes(rule.tree("exitCodes")))
        .toList();
  }

  private static RestartRule ofExitCodes(Tree exitCodes) {
    List<Long> codes = new ArrayList<>();
    exitCodes.items("values").forEach(code -> codes.add(((Number) code).longValue()));
    return new RestartRule(codes, exitCodes.text("operator").equals("In"));
  }

  boolean matches(int exitCode) {
    return codes.contains((long) exitCode) == in;
  }
}
