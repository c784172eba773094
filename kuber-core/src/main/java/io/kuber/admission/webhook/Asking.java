package io.kuber.admission.webhook;

import io.kuber.admission.match.Question;
import io.kuber.admission.match.Rounds;
import io.kuber.api.Failures;
import io.kuber.object.Tree;
import io.kuber.resource.custom.ConversionException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one webhook, and settles what its silence means. */
record Asking(AdmissionReviews reviews) {
  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  /**
   * What the webhook answers; empty when it does not and the write goes on without it.
   *
   * @param kind of webhook, and {@code turn} when it is asked, for audit logs
   */
  Optional<Verdict> ask(
      Hook hook, Question question, boolean mayPatch, String kind, Rounds.Turn turn) {
    if (question.request().context().dryRun() && !hook.takesDryRuns()) {
      throw Failures.badRequest(
          "admission webhook \"" + hook.name() + "\" does not support dry run");
    }
    Verdict verdict;
    try {
      verdict = Verdict.of(send(hook, question), question.uid(), hook.reviewVersion(), mayPatch);
    } catch (ConversionException failed) {
      String why = "failed calling webhook \"%s\": %s".formatted(hook.name(), failed.getMessage());
      if (hook.isLenient()) {
        Told.failedOpen(hook, kind, turn, question.request());
        LOG.warn("a write goes on without being reviewed: {}", why);
        return Optional.empty();
      }
      throw Failures.internal(why);
    }
    Told.said(hook, verdict.annotations(), question.request());
    verdict.warnings().forEach(question.request().context().warnings());
    if (!verdict.isAllowed()) {
      throw Denial.of(hook.name(), verdict.result());
    }
    return Optional.of(verdict);
  }

  private Tree send(Hook hook, Question question) {
    try {
      return reviews.send(hook.target(), question.review(hook.reviewVersion()), hook.timeout());
    } catch (ConversionException failed) {
      throw new ConversionException("failed to call webhook: " + failed.getMessage());
    }
  }
}
