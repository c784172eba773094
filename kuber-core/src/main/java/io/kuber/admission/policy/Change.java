package io.kuber.admission.policy;

import io.kuber.admission.match.Question;
import io.kuber.admission.match.Rewritten;
import io.kuber.admission.policy.Evaluation.Outcome;
import io.kuber.admission.policy.MutatingPolicy.Mutation;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.managed.Applied;
import io.kuber.managed.Ownership;
import io.kuber.managed.Typed;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.patch.JsonPatch;
import io.kuber.patch.PatchException;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.Optional;

/** What one mutation makes of an object (plugin/policy/mutating/patch). */
final class Change {
  private Change() {}

  static KubeObject of(Mutation mutation, Question question, Evaluation evaluation)
      throws Misconfigured {
    KubeObject shown = question.object();
    if (shown == null) {
      return question.request().object();
    }
    Optional<TypeSchema> type = type(question, shown);
    if (type.isEmpty() && (question.request().isConnect() || !isWhole(question, shown))) {
      throw unknown(shown);
    }
    Outcome outcome = evaluation.evaluate(mutation.expression());
    Object value = outcome.value().orElse(null);
    if (value == null) {
      throw new Misconfigured(outcome.failure());
    }
    Object json = JsonValue.of(value);
    return mutation.isPatch()
        ? patched(question, shown, json)
        : Rewritten.of(question, laidOver(shown, type, json));
  }

  /**
   * The fields of what is shown, as far as documents of OpenAPI tell of them: of options of
   * connections they do not.
   */
  private static Optional<TypeSchema> type(Question question, KubeObject shown) {
    if (question.request().isConnect()) {
      return Optional.empty();
    }
    return isWhole(question, shown)
        ? question.served().version().schema().type()
        : Schemas.builtIn().of(shown.apiVersion(), shown.kind());
  }

  /** Whether an object is shown, and not a part of one that is of another kind. */
  private static boolean isWhole(Question question, KubeObject shown) {
    return question.request().context().form().isEmpty()
        || shown.kind().equals(question.served().type().kind());
  }

  /** What upstream says of a kind that is in no document (plugin/policy/mutating/dispatcher.go). */
  private static ApiException unknown(KubeObject shown) {
    return new ApiException(
        StatusReason.SERVICE_UNAVAILABLE,
        ("Resource kind %s, Kind=%s not found. There can be a delay between when"
                + " CustomResourceDefinitions are created and when they are available.")
            .formatted(
                shown.apiVersion().contains("/") ? shown.apiVersion() : "/" + shown.apiVersion(),
                shown.kind()));
  }

  private static Tree laidOver(KubeObject shown, Optional<TypeSchema> type, Object json)
      throws Misconfigured {
    if (!(json instanceof Tree configuration)) {
      throw new Misconfigured("unsupported return type from ApplyConfiguration expression");
    }
    String version = shown.apiVersion();
    Tree named = configuration.with("apiVersion", version).with("kind", shown.kind());
    Applied applied =
        Ownership.laidOver(Typed.of(shown.tree(), version, type), Typed.of(named, version, type));
    if (applied instanceof Applied.Merged merged) {
      return merged.object();
    }
    throw new Misconfigured("error applying patch: " + ((Applied.Refused) applied).message());
  }

  private static KubeObject patched(Question question, KubeObject shown, Object json)
      throws Misconfigured {
    if (!(json instanceof Items operations)) {
      throw new Misconfigured("type mismatch: JSONPatchType.expression should evaluate to array");
    }
    try {
      return Rewritten.of(question, JsonPatch.apply(shown.tree(), operations));
    } catch (PatchException refused) {
      if (refused.reason() == PatchException.Reason.TEST_FAILED) {
        return question.request().object();
      }
      throw new Misconfigured("JSONPath: " + refused.getMessage());
    }
  }
}
