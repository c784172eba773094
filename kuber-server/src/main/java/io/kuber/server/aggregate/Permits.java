package io.kuber.server.aggregate;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests may be under way to one server, so that one which hangs does not take what all
 * share. For any thread.
 */
final class Permits {
  /** Requests that end by themselves: a quarter of what the API server serves at a time. */
  private static final int BRIEF = 100;

  /** Watches and connections that were upgraded. */
  private static final int LONG_RUNNING = 500;

  private final Map<String, Integer> used = new HashMap<>();

  /**
   * Takes one.
   *
   * @throws ApiException 429 when there is none
   */
  synchronized Runnable take(Registration to, boolean isLongRunning) {
    String key = to.groupVersion() + (isLongRunning ? " long" : "");
    int before = used.getOrDefault(key, 0);
    if (before >= (isLongRunning ? LONG_RUNNING : BRIEF)) {
      throw new ApiException(
          StatusReason.TOO_MANY_REQUESTS,
          "too many requests wait for the server of " + to.groupVersion());
    }
    used.put(key, before + 1);
    return () -> giveBack(key);
  }

  private synchronized void giveBack(String key) {
    used.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
