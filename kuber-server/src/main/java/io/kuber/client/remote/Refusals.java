package io.kuber.client.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.util.Arrays;
import java.util.List;

/** Reads failures back that a server has told as a Status. Pure. */
final class Refusals {
  private static final int MOST_CHARACTERS = 1000;

  private Refusals() {}

  /** The failure that a server answered with. */
  static ApiException of(int code, byte[] body) {
    try {
      return of(code, Json.parse(body));
    } catch (MalformedException noStatus) {
      String text = new String(body, UTF_8).strip();
      return new ApiException(
          reason(code, ""),
          code + ": " + text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
    }
  }

  /** The failure that a Status tells. */
  static ApiException of(int code, Tree status) {
    Tree details = status.tree("details");
    return new ApiException(
        reason(code, status.text("reason")),
        status.text("message"),
        new Details(
            details.text("name"),
            details.text("group"),
            details.text("kind"),
            details.text("uid"),
            List.of(),
            (int) details.number(0, "retryAfterSeconds")));
  }

  /** The reason that is said, or else what the code most often means. */
  private static StatusReason reason(int code, String said) {
    return Arrays.stream(StatusReason.values())
        .filter(each -> !said.isEmpty() && each.text().equals(said))
        .findFirst()
        .orElseGet(
            () ->
                Arrays.stream(StatusReason.values())
                    .filter(each -> each.code() == code && each != StatusReason.UNKNOWN)
                    .findFirst()
                    .orElse(StatusReason.INTERNAL_ERROR));
  }
}
