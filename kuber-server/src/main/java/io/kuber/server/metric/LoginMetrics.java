package io.kuber.server.metric;

import java.time.Instant;
import java.util.List;

/**
 * What became of the authentication configuration that is read again, under the names of
 * k8s.io/apiserver (pkg/server/options/authenticationconfig/metrics). For any thread.
 */
public final class LoginMetrics {
  private static final String PREFIX = "apiserver_authentication_config_controller_";
  private static final List<String> STATUS = List.of("status");

  private final Counters reloads =
      Counters.counter(
          PREFIX + "automatic_reloads_total",
          "How often the authentication configuration was read again, by how that ended.",
          STATUS);
  private final Gauges last =
      new Gauges(
          PREFIX + "automatic_reload_last_timestamp_seconds",
          "When the authentication configuration was last read again, by how that ended.",
          STATUS);

  /** The file changed, and what it says holds, or does not. */
  public void reloaded(boolean success, Instant now) {
    List<String> status = List.of(success ? "success" : "failure");
    reloads.add(1, status);
    last.set(status, now.getEpochSecond());
  }

  List<Family> families() {
    return List.of(reloads, last);
  }
}
