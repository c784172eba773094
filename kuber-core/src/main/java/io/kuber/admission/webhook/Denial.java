package io.kuber.admission.webhook;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Cause;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.object.Tree;
import java.util.Arrays;
import java.util.List;

/** The refusal of a webhook as the client sees it (plugin/webhook/errors/statuserror.go). */
final class Denial {
  private static final int LOWEST_CODE = 400;

  private Denial() {}

  static ApiException of(String webhook, Tree result) {
    String by = "admission webhook \"" + webhook + "\" denied the request";
    String why = result.text("message").isEmpty() ? result.text("reason") : result.text("message");
    return new ApiException(
        reason(result),
        why.isEmpty() ? by + " without explanation" : by + ": " + why,
        details(result));
  }

  private static StatusReason reason(Tree result) {
    String said = result.text("reason");
    long code = Math.max(LOWEST_CODE, result.number(LOWEST_CODE, "code"));
    return Arrays.stream(StatusReason.values())
        .filter(reason -> !said.isEmpty() && reason.text().equals(said))
        .findFirst()
        .or(
            () ->
                Arrays.stream(StatusReason.values())
                    .filter(reason -> code != LOWEST_CODE && reason.code() == code)
                    .findFirst())
        .orElse(StatusReason.UNKNOWN);
  }

  private static Details details(Tree result) {
    Tree details = result.tree("details");
    List<Cause> causes =
        details.items("causes").trees().stream()
            .map(
                cause ->
                    new Cause(cause.text("reason"), cause.text("message"), cause.text("field")))
            .toList();
    return new Details(
        details.text("name"),
        details.text("group"),
        details.text("kind"),
        details.text("uid"),
        causes,
        (int) details.number(0, "retryAfterSeconds"));
  }
}
