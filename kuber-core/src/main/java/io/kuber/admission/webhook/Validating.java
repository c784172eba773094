package io.kuber.admission.webhook;

import io.kuber.admission.match.MatchResources;
import io.kuber.admission.match.Rounds;
import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import java.util.List;

/** Lets webhooks refuse what is written (validating/dispatcher.go). */
final class Validating implements Admission {
  private final Configurations configurations;
  private final Asking asking;

  Validating(Configurations configurations, Asking asking) {
    this.configurations = configurations;
    this.asking = asking;
  }

  @Override
  public KubeObject admit(Request request) {
    if (MatchResources.isShown(request.kind().type())) {
      List<Hook> hooks = configurations.hooks(request.image());
      for (int i = 0; i < hooks.size(); i++) {
        Hook hook = hooks.get(i);
        Rounds.Turn turn = new Rounds.Turn(0, i);
        Selection.of(hook, request)
            .ifPresent(question -> asking.ask(hook, question, false, "validating", turn));
      }
    }
    return request.object();
  }
}
