package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.Verb;

/** Sets every field that Kubernetes sets when the user leaves it out. */
final class Defaults implements Admission {
  @Override
  public KubeObject admit(Request request) {
    return request.verb() == Verb.DELETE
        ? request.object()
        : request.kind().rules().defaulted(request.object());
  }
}
