package io.kuber.admission.policy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;

/**
 * A policy that changes what is written.
 *
 * @param isReinvoked whether it wants to see again what others have changed behind it
 */
record MutatingPolicy(Policy policy, List<Mutation> mutations, boolean isReinvoked) {
  MutatingPolicy {
    mutations = List.copyOf(mutations);
  }

  /**
   * A change.
   *
   * @param expression makes what is laid over the object, or a list of patches
   */
  record Mutation(Expression expression, boolean isPatch) {}

  static MutatingPolicy of(KubeObject object) {
    Policy policy = Policy.of(object);
    return new MutatingPolicy(
        policy,
        object.spec().items("mutations").trees().stream()
            .map(each -> mutation(each, policy.vocabulary()))
            .toList(),
        object.spec().text("reinvocationPolicy").equals("IfNeeded"));
  }

  private static Mutation mutation(Tree mutation, Vocabulary words) {
    boolean isPatch = mutation.text("patchType").equals("JSONPatch");
    return new Mutation(
        isPatch
            ? Expression.ofChange(mutation.text("jsonPatch", "expression"), words.names(), "list")
            : Expression.ofChange(
                mutation.text("applyConfiguration", "expression"), words.names(), "Object"),
        isPatch);
  }
}
