package io.kuber.resource.builtin.registration;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code admissionregistration.k8s.io}, in the order of discovery. */
public final class RegistrationKinds {
  /** All of them. */
  public static final List<Kind> KINDS =
      List.of(
          MutatingWebhooks.KIND,
          ValidatingWebhooks.KIND,
          ValidatingPolicies.KIND,
          ValidatingPolicyBindings.KIND,
          MutatingPolicies.KIND,
          MutatingPolicyBindings.KIND);

  private RegistrationKinds() {}
}
