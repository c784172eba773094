package io.kuber.resource.builtin.registration;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Texts;
import java.util.List;

/** {@code admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding}. */
final class ValidatingPolicyBindings implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.VALIDATING_ADMISSION_POLICY_BINDINGS,
              new ValidatingPolicyBindings(),
              Policies.ofBinding())
          .with(Trait.GENERATION);

  private static final FieldPath ACTIONS = FieldPath.SPEC.child("validationActions");

  private ValidatingPolicyBindings() {}

  @Override
  public KubeObject defaulted(KubeObject binding) {
    return Policies.binding(binding);
  }

  @Override
  public void check(KubeObject binding, Problems problems) {
    Policies.checkBinding(binding, problems);
    checkActions(binding.spec().items("validationActions"), problems);
  }

  private static void checkActions(Items actions, Problems problems) {
    Texts.checkEachOneOf(ACTIONS, actions, List.of("Audit", "Deny", "Warn"), problems);
    Texts.checkUnique(ACTIONS, actions.texts(), problems);
    if (actions.contains("Deny") && actions.contains("Warn")) {
      problems.invalid(
          ACTIONS,
          actions,
          "must not contain both Deny and Warn (repeating the same validation failure information"
              + " in the API response and headers serves no purpose)");
    }
    if (actions.isEmpty()) {
      problems.required(ACTIONS, "at least one validation action is required");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
