package io.kuber.admission.webhook;

import io.kuber.api.Failures;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.patch.JsonPatch;
import io.kuber.patch.PatchException;
import io.kuber.resource.Served;
import io.kuber.schema.FieldCheck.Findings;

/** What a webhook makes of an object: read and completed as what a client sends. */
final class Patched {
  /** Who an object is, and since when, is nobody's to say. */
  private static final String[] IDENTITY = {
    "name",
    "generateName",
    "namespace",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields"
  };

  private Patched() {}

  static KubeObject of(Hook hook, Question question, Items patch) {
    KubeObject shown = question.object();
    if (shown == null) {
      throw Failures.internal(
          "admission webhook \"%s\" attempted to modify the object, which is not supported for this"
                  .formatted(hook.name())
              + " operation");
    }
    Served served = question.served();
    KubeObject before = question.request().object();
    KubeObject after = served.toStored(read(served, shown, patch));
    Tree metadata = after.metadata();
    for (String field : IDENTITY) {
      Object value = before.metadata().get(field);
      metadata = value == null ? metadata.without(field) : metadata.with(field, value);
    }
    return served.kind().rules().defaulted(KubeObject.of(after.tree().with("metadata", metadata)));
  }

  private static KubeObject read(Served served, KubeObject shown, Items patch) {
    Tree patched;
    try {
      patched = JsonPatch.apply(shown.tree(), patch);
    } catch (PatchException refused) {
      throw Failures.internal(String.valueOf(refused.getMessage()));
    }
    Findings findings = served.version().schema().check().apply(patched);
    findings
        .error()
        .ifPresent(
            error -> {
              throw Failures.internal(error);
            });
    return KubeObject.of(findings.object());
  }
}
