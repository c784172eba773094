package io.kuber.resource.builtin.networking;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code networking.k8s.io}, in the order of discovery. */
public final class NetworkingKinds {
  /** All of them. */
  public static final List<Kind> KINDS =
      List.of(
          Ingresses.KIND,
          IngressClasses.KIND,
          NetworkPolicies.KIND,
          IpAddresses.KIND,
          ServiceCidrs.KIND);

  private NetworkingKinds() {}
}
