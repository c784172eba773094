package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import java.util.Arrays;
import java.util.concurrent.CompletionException;

/** Why the API refused something. */
final class Refusals {
  private Refusals() {}

  /** Whether a stage failed because the API refused for one of these reasons. */
  static boolean isReason(Throwable failure, StatusReason... reasons) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ApiException refused
        && Arrays.asList(reasons).contains(refused.reason());
  }

  /** What went wrong, for a person. */
  static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
