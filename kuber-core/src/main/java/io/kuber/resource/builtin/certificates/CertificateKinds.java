package io.kuber.resource.builtin.certificates;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code certificates.k8s.io}, in the order of discovery. */
public final class CertificateKinds {
  /** All of them. */
  public static final List<Kind> KINDS = List.of(SigningRequests.KIND);

  private CertificateKinds() {}
}
