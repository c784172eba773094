package io.kuber.admission.policy;

import io.kuber.access.Authorizer;
import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.match.Question;
import io.kuber.api.Admission.Request;
import io.kuber.api.Failures;
import io.kuber.cel.CelLimits;
import io.kuber.cel.CelResult;
import io.kuber.cel.value.BudgetExceeded;
import io.kuber.cel.value.CelFailure;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates the expressions of one policy about one write and one parameter, within one budget.
 * Owned by the thread of the request.
 */
final class Evaluation {
  static final String OUT_OF_BUDGET =
      "validation failed due to running out of cost budget, no further validation rules will be"
          + " run";

  private final Policy policy;
  private final Map<String, Object> values;
  private long left = CelLimits.PER_OBJECT;

  Evaluation(Policy policy, Question question, Optional<KubeObject> param, Authorizer authorizer) {
    this.policy = policy;
    this.values = new HashMap<>(question.variables());
    Request request = question.request();
    Rights rights = new Rights(authorizer, request.user());
    values.put(Vocabulary.AUTHORIZER, rights.asker());
    values.put(Vocabulary.REQUESTED, rights.requested(request));
    values.put(Vocabulary.NAMESPACE, namespace(request));
    values.put(
        Vocabulary.PARAMS, param.map(KubeObject::tree).map(Object.class::cast).orElse(Nil.NIL));
    values.put(Vocabulary.VARIABLES, new LazyVariables(policy.variables(), this));
  }

  /** What became of an expression: a value, or why there is none. */
  record Outcome(Optional<Object> value, String failure) {
    private static Outcome failed(String why) {
      return new Outcome(Optional.empty(), why);
    }
  }

  /** Whether the policy is about the write at all. */
  MatchConditions.Result matches() {
    return policy.conditions().isEmpty()
        ? new MatchConditions.Result(true, Optional.empty())
        : policy.conditions().of(values);
  }

  /** Whether all that may be spent is spent. */
  boolean isExhausted() {
    return left <= 0;
  }

  Outcome evaluate(Expression expression) {
    if (expression.compiled().isEmpty()) {
      return Outcome.failed("compilation error: " + expression.broken());
    }
    CelResult result = run(expression);
    if (isExhausted()) {
      return Outcome.failed(OUT_OF_BUDGET);
    }
    if (result instanceof CelResult.Value value) {
      return new Outcome(Optional.of(value.value()), "");
    }
    return Outcome.failed(
        "expression '%s' resulted in error: %s".formatted(expression.text().strip(), why(result)));
  }

  private static String why(CelResult result) {
    return result instanceof CelResult.Failed failed ? failed.message() : BudgetExceeded.MESSAGE;
  }

  /** The value of a variable, for an expression that is being evaluated. */
  Object variable(String name, Expression expression) {
    CelResult result =
        expression.compiled().isPresent()
            ? run(expression)
            : new CelResult.Failed(expression.broken(), 0);
    if (result instanceof CelResult.Value value) {
      return value.value();
    }
    throw new CelFailure(
        "composited variable \"%s\" fails to evaluate: %s".formatted(name, why(result)));
  }

  private CelResult run(Expression expression) {
    CelResult result =
        expression.compiled().orElseThrow().evaluate(values, Math.min(CelLimits.PER_CALL, left));
    left -= result.cost();
    return result;
  }

  /** The namespace of what is written, as far as expressions may see it. */
  private static Object namespace(Request request) {
    String name = request.object().namespace();
    if (name.isEmpty() || request.kind().type().equals(Resources.NAMESPACES)) {
      return Nil.NIL;
    }
    Stored stored = request.image().get(Resources.NAMESPACES.key("", name));
    if (stored == null) {
      throw Failures.notFound(Resources.NAMESPACES, name);
    }
    return stored
        .object()
        .tree()
        .withChild(
            "metadata",
            (Tree metadata) ->
                metadata.without("managedFields").without("ownerReferences").without("finalizers"));
  }
}
