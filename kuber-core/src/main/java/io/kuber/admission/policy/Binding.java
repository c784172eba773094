package io.kuber.admission.policy;

import io.kuber.admission.match.MatchResources;
import io.kuber.api.Admission.Request;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;

/**
 * Puts a policy into force.
 *
 * @param policy the name of the policy
 * @param match about which of the writes that the policy is about
 * @param params which objects parametrise it
 * @param actions what a violation leads to: {@code Deny}, {@code Warn}, {@code Audit}
 */
record Binding(
    String name,
    String policy,
    Optional<MatchResources> match,
    Optional<ParamRef> params,
    List<String> actions) {
  Binding {
    actions = List.copyOf(actions);
  }

  static Binding of(KubeObject binding) {
    Tree spec = binding.spec();
    return new Binding(
        binding.name(),
        spec.text("policyName"),
        spec.has("matchResources")
            ? Optional.of(MatchResources.ofPolicy(spec.tree("matchResources")))
            : Optional.empty(),
        spec.has("paramRef") ? Optional.of(ParamRef.of(spec.tree("paramRef"))) : Optional.empty(),
        spec.items("validationActions").texts());
  }

  /** Whether it puts the policy into force for a write. */
  boolean binds(Policy bound, Request request) {
    return policy.equals(bound.name()) && match.map(own -> own.admits(request)).orElse(true);
  }
}
