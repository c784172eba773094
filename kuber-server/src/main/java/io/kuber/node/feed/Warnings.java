package io.kuber.node.feed;

import io.kuber.object.KubeObject;

/** Takes what people have to know of an object. */
@FunctionalInterface
public interface Warnings {
  /** For those whom nobody asks. */
  Warnings NONE = (about, reason, message) -> {};

  /**
   * Tells people who look at the object.
   *
   * @param reason one word in upper camel case
   */
  void warn(KubeObject about, String reason, String message);
}
