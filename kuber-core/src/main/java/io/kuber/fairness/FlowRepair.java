package io.kuber.fairness;

import io.kuber.object.KubeObject;

/** One write that keeps flow schemas and priority levels as they should be. */
public sealed interface FlowRepair {
  /** The object as it is to be. */
  KubeObject object();

  /** There is none. */
  record Create(KubeObject object) implements FlowRepair {}

  /** Spec or annotations are others than they should be. */
  record Update(KubeObject object) implements FlowRepair {}

  /** The status tells something else than is. */
  record Status(KubeObject object) implements FlowRepair {}
}
