package io.kuber.server.aggregate;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a server of a group version is there (kube-aggregator,
 * pkg/controllers/status/remote/remote_available_controller.go).
 *
 * @param isAvailable whether requests are passed on to it
 * @param reason one word for programs
 * @param message for people
 */
record Availability(boolean isAvailable, String reason, String message) {
  private static final String TYPE = "Available";

  /** All checks went well. */
  static final Availability PASSED = new Availability(true, "Passed", "all checks passed");

  static Availability missing(String reason, String message) {
    return new Availability(false, reason, message);
  }

  /** The server gave no answer, or one that is none. */
  static Availability failed(String message) {
    return new Availability(false, "FailedDiscoveryCheck", message);
  }

  static boolean isSaidBy(KubeObject api) {
    return Condition.find(api.status(), TYPE).filter(Condition::isTrue).isPresent();
  }

  /** The APIService that says this; empty when it does already. */
  Optional<KubeObject> writtenInto(KubeObject api, Instant now) {
    Condition condition = Condition.of(TYPE, isAvailable ? "True" : "False", reason, message, now);
    boolean said =
        Condition.find(api.status(), TYPE)
            .filter(there -> there.status().equals(condition.status()))
            .filter(there -> there.reason().equals(reason))
            .filter(there -> there.tree().text("message").equals(message))
            .isPresent();
    Tree status = condition.putInto(api.status());
    return said ? Optional.empty() : Optional.of(api.with(status, "status"));
  }
}
