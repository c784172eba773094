package io.kuber.testkit.webhook;

/** Says whether a write is fine. Asked by several threads at once. */
@FunctionalInterface
public interface Reviewer {
  /** What it says; an exception is a webhook that fails. */
  Verdict review(Review review);
}
