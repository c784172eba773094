package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.Schemas;

/**
 * The form of what is posted to a path of an object and is an object of another kind, such as a
 * Binding: who reviews it sees that alone, and changes that alone.
 */
final class SentPart implements Admission.Form {
  private SentPart() {}

  /** The only one: objects say themselves of which kind they are. */
  static final SentPart FORM = new SentPart();

  /**
   * The body of a request as an object of a kind, with the names that the path gives it; throws
   * {@link ApiException} where it says it is something else.
   */
  static KubeObject placed(ApiRequest request, ResourceType type, String apiVersion, String kind) {
    Tree sent = request.body() instanceof Body.Whole body ? body.object() : Tree.EMPTY;
    return Identity.named(request, type, Identity.typed(KubeObject.of(sent), apiVersion, kind));
  }

  @Override
  public KubeObject show(KubeObject whole) {
    return whole;
  }

  @Override
  public KubeObject rewritten(KubeObject whole, Tree wanted) {
    Findings findings =
        Schemas.builtIn()
            .of(whole.apiVersion(), whole.kind())
            .map(type -> FieldCheck.check(wanted, type))
            .orElseThrow(() -> Failures.internal("the fields of " + whole.kind() + " are unknown"));
    findings
        .error()
        .ifPresent(
            error -> {
              throw Failures.internal(error);
            });
    KubeObject changed = KubeObject.of(findings.object());
    for (String field : new String[] {"name", "namespace", "uid"}) {
      Object value = whole.metadata().get(field);
      changed =
          value == null
              ? changed.without("metadata", field)
              : changed.with(value, "metadata", field);
    }
    return changed.with(whole.apiVersion(), "apiVersion").with(whole.kind(), "kind");
  }
}
