package io.kuber.resource.builtin.flowcontrol;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code flowcontrol.apiserver.k8s.io}, in the order of discovery. */
public final class FlowControlKinds {
  /** All of them. */
  public static final List<Kind> KINDS = List.of(FlowSchemas.KIND, PriorityLevels.KIND);

  private FlowControlKinds() {}
}
