package io.kuber.resource.builtin.apiregistration;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code apiregistration.k8s.io}, in the order of discovery. */
public final class ApiRegistrationKinds {
  /** All of them. */
  public static final List<Kind> KINDS = List.of(ApiServices.KIND);

  private ApiRegistrationKinds() {}
}
