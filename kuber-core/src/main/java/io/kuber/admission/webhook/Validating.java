package io.kuber.admission.webhook;

import io.kuber.admission.match.MatchResources;
import io.kuber.api.Admission;
import io.kuber.object.KubeObject;

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
    if (MatchResources.isShown(request.kind().type(), request.subresource())) {
      for (Hook hook : configurations.hooks(request.image())) {
        Selection.of(hook, request).ifPresent(question -> asking.ask(hook, question, false));
      }
    }
    return request.object();
  }
}
