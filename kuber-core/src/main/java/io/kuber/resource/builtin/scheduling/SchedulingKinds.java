package io.kuber.resource.builtin.scheduling;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code scheduling.k8s.io}, in the order of discovery. */
public final class SchedulingKinds {
  /** All of them. */
  public static final List<Kind> KINDS = List.of(PriorityClasses.KIND);

  private SchedulingKinds() {}
}
