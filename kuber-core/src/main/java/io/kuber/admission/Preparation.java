package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.KindRules;

/** Takes back what the user may not decide on: the status of a new object, and the like. */
final class Preparation implements Admission {
  @Override
  public KubeObject admit(Request request) {
    KindRules rules = request.kind().rules();
    return switch (request.verb()) {
      case CREATE -> request.isCreate() ? rules.prepared(request.object()) : request.object();
      case UPDATE -> rules.prepared(request.object(), old(request));
      default -> request.object();
    };
  }

  private static KubeObject old(Request request) {
    KubeObject old = request.old();
    if (old == null) {
      throw new IllegalArgumentException("an update without the object there was");
    }
    return old;
  }
}
