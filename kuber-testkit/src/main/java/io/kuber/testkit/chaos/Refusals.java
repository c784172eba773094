package io.kuber.testkit.chaos;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.testkit.chaos.Fault.Refused;
import java.util.List;

/** Faults as the failures that clients see, in the words of Kubernetes. */
final class Refusals {
  private static final String LOST = "the connection to the server was lost";

  private Refusals() {}

  static ApiException of(Refused fault, Asked asked) {
    long seconds = fault.retryAfter().plusMillis(999).toSeconds();
    return new ApiException(
        fault.reason(),
        message(fault, asked),
        new Details(asked.name(), asked.group(), asked.resource(), "", List.of(), (int) seconds));
  }

  private static String message(Refused fault, Asked asked) {
    return fault.reason() == StatusReason.CONFLICT
        ? "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(asked.qualifiedResource(), asked.name(), fault.message())
        : fault.message();
  }

  /** What a client without a connection sees in place of one that broke. */
  static ApiException lost() {
    return new ApiException(StatusReason.SERVICE_UNAVAILABLE, LOST);
  }

  static ApiException expired() {
    return new ApiException(
        StatusReason.EXPIRED, "too old resource version: the watch was ended by a fault");
  }
}
