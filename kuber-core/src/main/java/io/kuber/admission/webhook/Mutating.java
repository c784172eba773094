package io.kuber.admission.webhook;

import io.kuber.admission.match.MatchResources;
import io.kuber.admission.match.Question;
import io.kuber.admission.match.Rounds;
import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import java.util.List;

/** Lets webhooks change what is written (mutating/dispatcher.go). */
final class Mutating implements Admission, Rounds.Changer<Hook> {
  private final Configurations configurations;
  private final Asking asking;
  private final Admission again;

  /**
   * A link.
   *
   * @param again the links before this one that look once more at what webhooks have changed
   */
  Mutating(Configurations configurations, Asking asking, Admission again) {
    this.configurations = configurations;
    this.asking = asking;
    this.again = again;
  }

  @Override
  public KubeObject admit(Request request) {
    List<Hook> hooks = configurations.hooks(request.image());
    return hooks.isEmpty() || !MatchResources.isShown(request.kind().type())
        ? request.object()
        : new Rounds<>(hooks, this).run(request, again);
  }

  @Override
  public String id(Hook hook) {
    return hook.id();
  }

  @Override
  public boolean isReinvoked(Hook hook) {
    return hook.isReinvoked();
  }

  @Override
  public KubeObject change(Hook hook, Request request, Rounds.Turn turn) {
    return Selection.of(hook, request)
        .flatMap(
            question ->
                asking
                    .ask(hook, question, true, "mutating", turn)
                    .map(verdict -> changed(hook, question, verdict, turn)))
        .orElse(request.object());
  }

  private static KubeObject changed(
      Hook hook, Question question, Verdict verdict, Rounds.Turn turn) {
    KubeObject before = question.request().object();
    KubeObject after =
        verdict.patch().isEmpty() ? before : Patched.of(hook, question, verdict.patch());
    Told.mutation(hook, turn, !after.equals(before), verdict.patch(), question.request());
    return after;
  }
}
