package io.kuber.reconcile;

import io.kuber.object.KubeObject;

/**
 * What an Event says.
 *
 * @param about the object that it happened to
 * @param warning whether somebody should worry
 * @param reason one word in upper camel case
 */
public record Note(KubeObject about, boolean warning, String reason, String message) {
  /** Something went as it should. */
  public static Note normal(KubeObject about, String reason, String message) {
    return new Note(about, false, reason, message);
  }

  /** Something did not. */
  public static Note warning(KubeObject about, String reason, String message) {
    return new Note(about, true, reason, message);
  }
}
