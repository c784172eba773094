package io.kuber.admission.webhook;

import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.match.Question;
import io.kuber.api.Admission.Request;
import io.kuber.api.Failures;
import java.util.Optional;

/** Whether a webhook is asked about a write (generic/webhook.go, ShouldCallHook). Pure. */
final class Selection {
  private Selection() {}

  /** What the webhook is to be asked; empty when it is not. */
  static Optional<Question> of(Hook hook, Request request) {
    Optional<Question> question =
        hook.match().version(request).map(served -> Question.of(request, served));
    return hook.conditions().isEmpty()
        ? question
        : question.filter(asked -> meetsConditions(hook, asked));
  }

  private static boolean meetsConditions(Hook hook, Question question) {
    MatchConditions.Result result = hook.conditions().of(question.variables());
    if (result.complaint().isPresent() && !hook.isLenient()) {
      Request request = question.request();
      throw Failures.forbidden(
          request.kind().type(), request.object().name(), result.complaint().get());
    }
    return result.matches();
  }
}
