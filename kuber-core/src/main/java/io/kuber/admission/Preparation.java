package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.KindRules;

/**
 * Takes back what the user may not decide on: the status of a new object, and the like. Objects of
 * built-in kinds show a status from the first moment on, as those do whose fields Go writes.
 */
final class Preparation implements Admission {
  @Override
  public KubeObject admit(Request request) {
    KindRules rules = request.kind().rules();
    return switch (request.verb()) {
      case CREATE -> request.isCreate() ? begun(request) : request.object();
      case UPDATE -> rules.prepared(request.object(), old(request));
      default -> request.object();
    };
  }

  private static KubeObject begun(Request request) {
    KindRules rules = request.kind().rules();
    KubeObject begun = rules.prepared(request.object());
    return request.kind().alwaysHasStatus() && !begun.tree().has("status")
        ? begun.with(rules.firstStatus(), "status")
        : begun;
  }

  private static KubeObject old(Request request) {
    KubeObject old = request.old();
    if (old == null) {
      throw new IllegalArgumentException("an update without the object there was");
    }
    return old;
  }
}
