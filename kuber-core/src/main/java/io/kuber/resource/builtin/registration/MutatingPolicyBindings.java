package io.kuber.resource.builtin.registration;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;

/** {@code admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding}. */
final class MutatingPolicyBindings implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.MUTATING_ADMISSION_POLICY_BINDINGS,
              new MutatingPolicyBindings(),
              Policies.ofBinding())
          .with(Trait.GENERATION);

  private MutatingPolicyBindings() {}

  @Override
  public KubeObject defaulted(KubeObject binding) {
    return Policies.binding(binding);
  }

  @Override
  public void check(KubeObject binding, Problems problems) {
    Policies.checkBinding(binding, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
