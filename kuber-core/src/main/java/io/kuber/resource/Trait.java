package io.kuber.resource;

/** What sets one kind apart in the general pipeline. */
public enum Trait {
  /** {@code status} is written through a subresource only, and everything else not through it. */
  STATUS,
  /** {@code metadata.generation} counts the changes of what is wanted. */
  GENERATION,
  /** An update of an object that is not there creates it. */
  CREATE_ON_UPDATE,
  /** An update has to say which state it replaces. */
  CONDITIONAL_UPDATE,
  /** Deletion waits for whoever runs the object to end it. */
  GRACEFUL_DELETION,
  /** Deletion at once answers with the object, not with a Status. */
  ANSWERS_WITH_DELETED
}
