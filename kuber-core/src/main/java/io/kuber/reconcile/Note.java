package io.kuber.reconcile;

import io.kuber.object.KubeObject;
import java.util.Optional;

/**
 * What an Event says.
 *
 * @param about the object that it happened to
 * @param warning whether somebody should worry
 * @param reason one word in upper camel case
 * @param action what was being done, in the words of events.k8s.io; empty where nobody says so
 * @param related another object that had to do with it
 */
public record Note(
    KubeObject about,
    boolean warning,
    String reason,
    String message,
    String action,
    Optional<KubeObject> related) {
  /** Something went as it should. */
  public static Note normal(KubeObject about, String reason, String message) {
    return new Note(about, false, reason, message, "", Optional.empty());
  }

  /** Something did not. */
  public static Note warning(KubeObject about, String reason, String message) {
    return new Note(about, true, reason, message, "", Optional.empty());
  }

  /** The same, said while this was being done. */
  public Note during(String activity) {
    return new Note(about, warning, reason, message, activity, related);
  }

  /** The same, where another object had to do with it. */
  public Note because(KubeObject other) {
    return new Note(about, warning, reason, message, action, Optional.of(other));
  }

  /** The same in other words. */
  Note saying(String words) {
    return new Note(about, warning, reason, words, action, related);
  }
}
