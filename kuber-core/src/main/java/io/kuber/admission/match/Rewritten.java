package io.kuber.admission.match;

import io.kuber.api.Admission.Request;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Served;
import io.kuber.schema.FieldCheck.Findings;

/** What somebody in admission makes of an object: read and completed as what a client sends. */
public final class Rewritten {
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

  private Rewritten() {}

  /**
   * The object as it is to be stored.
   *
   * @param question what was shown
   * @param wanted what somebody made of the object that was shown
   */
  public static KubeObject of(Question question, Tree wanted) {
    Request request = question.request();
    if (request.context().form().isPresent()) {
      return request.context().form().get().rewritten(request.object(), wanted);
    }
    Served served = question.served();
    Findings findings = served.version().schema().check().apply(wanted);
    findings
        .error()
        .ifPresent(
            error -> {
              throw Failures.internal(error);
            });
    KubeObject before = request.object();
    KubeObject after = served.toStored(KubeObject.of(findings.object()));
    Tree metadata = after.metadata();
    for (String field : IDENTITY) {
      Object value = before.metadata().get(field);
      metadata = value == null ? metadata.without(field) : metadata.with(field, value);
    }
    return served.kind().rules().defaulted(KubeObject.of(after.tree().with("metadata", metadata)));
  }
}
