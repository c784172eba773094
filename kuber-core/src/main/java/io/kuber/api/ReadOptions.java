package io.kuber.api;

import org.jspecify.annotations.Nullable;

/**
 * Which objects to read, and as of when (meta/v1 ListOptions).
 *
 * @param labelSelector empty for all
 * @param fieldSelector empty for all
 * @param resourceVersion empty, "0" or a revision
 * @param resourceVersionMatch empty, "Exact" or "NotOlderThan"
 * @param limit most objects in one answer, 0 for no limit
 * @param continueToken where an earlier answer ended, or empty
 * @param timeoutSeconds when a watch ends, 0 for the server's choice
 * @param allowWatchBookmarks whether the client understands BOOKMARK events
 * @param sendInitialEvents whether a watch begins with the objects there are; null for the default
 */
public record ReadOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    String resourceVersionMatch,
    long limit,
    String continueToken,
    int timeoutSeconds,
    boolean allowWatchBookmarks,
    @Nullable Boolean sendInitialEvents) {
  /** All objects, as of now. */
  public static final ReadOptions DEFAULT = new ReadOptions("", "", "", "", 0, "", 0, false, null);

  /** All objects that the selectors match, as of now. */
  public static ReadOptions selecting(String labelSelector, String fieldSelector) {
    return new ReadOptions(labelSelector, fieldSelector, "", "", 0, "", 0, false, null);
  }

  /** These options as of a resource version. */
  public ReadOptions at(String resourceVersion) {
    return new ReadOptions(
        labelSelector,
        fieldSelector,
        resourceVersion,
        resourceVersionMatch,
        limit,
        continueToken,
        timeoutSeconds,
        allowWatchBookmarks,
        sendInitialEvents);
  }

  /** These options for one page of a list. */
  public ReadOptions page(long limit, String continueToken) {
    return new ReadOptions(
        labelSelector,
        fieldSelector,
        resourceVersion,
        resourceVersionMatch,
        limit,
        continueToken,
        timeoutSeconds,
        allowWatchBookmarks,
        sendInitialEvents);
  }
}
