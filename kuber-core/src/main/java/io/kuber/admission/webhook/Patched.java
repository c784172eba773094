package io.kuber.admission.webhook;

import io.kuber.admission.match.Question;
import io.kuber.admission.match.Rewritten;
import io.kuber.api.Failures;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.patch.JsonPatch;
import io.kuber.patch.PatchException;

/** What a webhook makes of an object. */
final class Patched {
  private Patched() {}

  static KubeObject of(Hook hook, Question question, Items patch) {
    KubeObject shown = question.object();
    if (shown == null || question.request().isConnect()) {
      throw Failures.internal(
          "admission webhook \"%s\" attempted to modify the object, which is not supported for this"
                  .formatted(hook.name())
              + " operation");
    }
    try {
      return Rewritten.of(question, JsonPatch.apply(shown.tree(), patch));
    } catch (PatchException refused) {
      throw Failures.internal(String.valueOf(refused.getMessage()));
    }
  }
}
