package io.kuber.admission.policy;

import io.kuber.access.Authorizer;
import io.kuber.api.Admission;
import io.kuber.resource.Resources;

/** The policies of a cluster, as links of admission. For any thread. */
public final class AdmissionPolicies {
  private final Authorizer authorizer;
  private final Stock<ValidatingPolicy> validating =
      new Stock<>(Resources.VALIDATING_ADMISSION_POLICIES, ValidatingPolicy::of);
  private final Stock<Binding> validatingBindings =
      new Stock<>(Resources.VALIDATING_ADMISSION_POLICY_BINDINGS, Binding::of);
  private final Stock<MutatingPolicy> mutating =
      new Stock<>(Resources.MUTATING_ADMISSION_POLICIES, MutatingPolicy::of);
  private final Stock<Binding> mutatingBindings =
      new Stock<>(Resources.MUTATING_ADMISSION_POLICY_BINDINGS, Binding::of);

  /**
   * Policies.
   *
   * @param authorizer answers the questions of expressions
   */
  public AdmissionPolicies(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * The link that lets policies change what is written.
   *
   * @param again looks once more at what they have changed
   */
  public Admission mutating(Admission again) {
    return new Mutating(mutating, mutatingBindings, authorizer, again);
  }

  /** The link that shows policies once more what others have changed behind them. */
  public Admission reconsidering() {
    Mutating link = new Mutating(mutating, mutatingBindings, authorizer, Admission.Request::object);
    return link::again;
  }

  /** The link that lets policies refuse what is written. */
  public Admission validating() {
    return new Validating(validating, validatingBindings, authorizer);
  }

  /** The link that refuses policies whose expressions cannot be compiled. */
  public Admission compiling() {
    return new Compiling();
  }
}
