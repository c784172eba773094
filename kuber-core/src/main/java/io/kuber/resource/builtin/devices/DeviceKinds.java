package io.kuber.resource.builtin.devices;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code resource.k8s.io}, in the order of discovery. */
public final class DeviceKinds {
  /** All of them. */
  public static final List<Kind> KINDS =
      List.of(
          DeviceClasses.KIND,
          ResourceClaims.KIND,
          ResourceClaimTemplates.KIND,
          ResourceSlices.KIND);

  private DeviceKinds() {}
}
