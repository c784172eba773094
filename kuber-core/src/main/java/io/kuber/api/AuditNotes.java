package io.kuber.api;

/**
 * Takes what an audit log is to be told of one request besides the request itself: annotations of
 * an audit event. May be told on any thread; of two values of one key the later counts, since a
 * decision may be made more than once.
 */
public interface AuditNotes {
  /** Nobody listens. */
  AuditNotes NONE = new AuditNotes() {};

  /** Something to note under a key such as {@code pod-security.kubernetes.io/enforce-policy}. */
  default void note(String key, String value) {}

  /** Whether somebody listens, so that it is worth finding out what to say. */
  default boolean isTaken() {
    return false;
  }

  /** Whether whole bodies are wanted, and with them what has been changed in them. */
  default boolean takesBodies() {
    return false;
  }
}
