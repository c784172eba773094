package io.kuber.testkit.history;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;

/**
 * An Event of Kubernetes: what somebody had to say about an object.
 *
 * @param type {@code Normal} or {@code Warning}
 * @param reason such as {@code FailedScheduling}
 * @param kind of the object
 * @param namespace of the object; empty for cluster scope
 * @param name of the object
 * @param message for people
 * @param count how often it was said
 */
public record ClusterEvent(
    String type,
    String reason,
    String kind,
    String namespace,
    String name,
    String message,
    long count) {
  /** Reads it, as {@code v1} has it. */
  public static ClusterEvent of(KubeObject event) {
    Tree about = event.tree().tree("involvedObject");
    return new ClusterEvent(
        event.tree().text("type"),
        event.tree().text("reason"),
        about.text("kind"),
        about.text("namespace"),
        about.text("name"),
        event.tree().text("message"),
        Math.max(
            Math.max(1, event.tree().number(1, "count")),
            event.tree().tree("series").number(1, "count")));
  }

  /** Whether it tells of trouble. */
  public boolean isWarning() {
    return type.equals("Warning");
  }

  /** Whether it is about that object. */
  public boolean isAbout(String otherKind, String otherNamespace, String otherName) {
    return kind.equals(otherKind) && namespace.equals(otherNamespace) && name.equals(otherName);
  }

  /** {@code Warning FailedScheduling: 0/3 nodes are available ... (5 times)}. */
  public String text() {
    return type + " " + reason + ": " + message + (count > 1 ? " (" + count + " times)" : "");
  }
}
