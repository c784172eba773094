package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Verb;
import io.kuber.resource.check.MetadataCheck;

/** Refuses what is not valid; no link behind it changes anything. */
final class Validation implements Admission {
  @Override
  public KubeObject admit(Request request) {
    boolean isPart = request.verb() == Verb.CREATE && !request.isCreate();
    if (request.verb() == Verb.DELETE || isPart) {
      return request.object();
    }
    Problems problems = new Problems();
    check(request, problems);
    if (!problems.isEmpty()) {
      throw Failures.invalid(request.kind().type(), request.object().name(), problems.found());
    }
    return request.object();
  }

  private static void check(Request request, Problems problems) {
    KindRules rules = request.kind().rules();
    KubeObject old = request.old();
    if (old == null) {
      rules.check(request.object(), problems);
      rules.checkCreate(request.object(), problems);
    } else if (!request.subresource().isEmpty()) {
      if (request.subresource().equals("status")) {
        MetadataCheck.checkChangeable(request.object(), problems);
        MetadataCheck.checkUpdate(request.object(), old, problems);
      }
      rules.checkSubresource(request.subresource(), request.object(), old, problems);
    } else {
      rules.checkReplacement(request.object(), old, problems);
      rules.checkUpdate(request.object(), old, problems);
    }
  }
}
