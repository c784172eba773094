package io.kuber.server.tunnel;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import java.util.List;

/** Why a tunnel is not opened. */
final class Refusal {
  private static final int RETRY_AFTER_SECONDS = 1;

  private Refusal() {}

  static ApiException badRequest(String message) {
    return new ApiException(StatusReason.BAD_REQUEST, message);
  }

  /** The words that clients of Kubernetes know. */
  static ApiException upgradeRequired() {
    return badRequest("Upgrade request required");
  }

  static ApiException noCommonProtocol(List<String> offered, List<String> known) {
    return new ApiException(
        StatusReason.FORBIDDEN,
        "unable to upgrade: unable to negotiate protocol: client supports "
            + offered
            + ", server accepts "
            + known);
  }

  static ApiException tooManySessions() {
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS,
        "too many streaming sessions are open, please try again later",
        new Details("", "", "", "", List.of(), RETRY_AFTER_SECONDS));
  }
}
