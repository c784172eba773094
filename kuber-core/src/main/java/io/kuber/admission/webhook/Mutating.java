package io.kuber.admission.webhook;

import io.kuber.admission.match.MatchResources;
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
    return hooks.isEmpty() || !MatchResources.isShown(request.kind().type(), request.subresource())
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
  public KubeObject change(Hook hook, Request request) {
    return Selection.of(hook, request)
        .flatMap(
            question ->
                asking
                    .ask(hook, question, true)
                    .filter(verdict -> !verdict.patch().isEmpty())
                    .map(verdict -> Patched.of(hook, question, verdict.patch())))
        .orElse(request.object());
  }
}
