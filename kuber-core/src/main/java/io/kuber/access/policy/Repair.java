package io.kuber.access.policy;

import io.kuber.object.KubeObject;

/** One write that brings a role or binding to what it should be. */
public sealed interface Repair {
  /** The object as it is to be. */
  KubeObject object();

  /** There is none. */
  record Create(KubeObject object) implements Repair {}

  /** Something is missing in the one that is there. */
  record Update(KubeObject object) implements Repair {}

  /** The binding that is there refers to another role; it goes, with all whom it names. */
  record Recreate(KubeObject object) implements Repair {}
}
