package io.kuber.testkit.check;

/**
 * What a watch promises (etcd, learning/api_guarantees, and the checks of tests/robustness there).
 */
public enum WatchPromise {
  /** Revisions never go back. */
  ORDERED,
  /** No event comes twice. */
  UNIQUE,
  /** Events of one revision come in one response. */
  ATOMIC,
  /** Whoever is shown two events is shown all between them, as they happened. */
  RELIABLE,
  /** A watch from a revision on begins with the first event behind it. */
  RESUMABLE,
  /** A bookmark comes after all events up to its revision. */
  BOOKMARKABLE,
  /** An event that shows the state before shows the right one. */
  PREVIOUS_VALUE,
  /** An event says "added" exactly when the watcher could not know the object. */
  IS_CREATE,
  /** Only what matches the filter is shown. */
  FILTER
}
