package io.kuber.admission.policy;

import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.match.MatchResources;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What policies of both kinds have.
 *
 * @param match which writes it is about
 * @param conditions that must hold of these
 * @param variables that its expressions have in common, in the order in which they build on each
 *     other
 * @param vocabulary what its expressions may mention
 * @param isLenient whether a write goes on that it fails to judge
 * @param params the kind of its parameters
 */
record Policy(
    String name,
    MatchResources match,
    MatchConditions conditions,
    Map<String, Expression> variables,
    Vocabulary vocabulary,
    boolean isLenient,
    Optional<ParamKind> params) {

  static Policy of(KubeObject policy) {
    Tree spec = policy.spec();
    Optional<ParamKind> params =
        spec.has("paramKind")
            ? Optional.of(ParamKind.of(spec.tree("paramKind")))
            : Optional.empty();
    Vocabulary first = Vocabulary.of(params.isPresent());
    Map<String, Expression> variables = new LinkedHashMap<>();
    for (Tree variable : spec.items("variables").trees()) {
      variables.put(
          variable.text("name"),
          Expression.of(variable.text("expression"), first.with(variables).names(), Set.of()));
    }
    return new Policy(
        policy.name(),
        MatchResources.ofPolicy(spec.tree("matchConstraints")),
        MatchConditions.of(spec.items("matchConditions").trees(), first.names()),
        variables,
        first.with(variables),
        spec.text("failurePolicy").equals("Ignore"),
        params);
  }
}
