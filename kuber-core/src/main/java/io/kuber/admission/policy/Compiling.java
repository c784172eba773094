package io.kuber.admission.policy;

import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.policy.MutatingPolicy.Mutation;
import io.kuber.admission.policy.ValidatingPolicy.Validation;
import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.List;

/**
 * Refuses policies whose expressions cannot be compiled (pkg/apis/admissionregistration/
 * validation). What was valid once stays: an update that leaves the spec as it was passes.
 */
final class Compiling implements Admission {
  @Override
  public KubeObject admit(Request request) {
    ResourceType type = request.kind().type();
    boolean isValidating = type.equals(Resources.VALIDATING_ADMISSION_POLICIES);
    if ((isValidating || type.equals(Resources.MUTATING_ADMISSION_POLICIES)) && isNew(request)) {
      Problems problems = new Problems();
      if (isValidating) {
        check(ValidatingPolicy.of(request.object()), problems);
      } else {
        check(MutatingPolicy.of(request.object()), problems);
      }
      if (!problems.isEmpty()) {
        throw Failures.invalid(type, request.object().name(), problems.found());
      }
    }
    return request.object();
  }

  private static boolean isNew(Request request) {
    KubeObject old = request.old();
    return request.subresource().isEmpty()
        && request.verb() != Verb.DELETE
        && (old == null || !old.spec().equals(request.object().spec()));
  }

  private static void check(ValidatingPolicy policy, Problems problems) {
    check(policy.policy(), problems);
    for (int i = 0; i < policy.validations().size(); i++) {
      FieldPath field = FieldPath.SPEC.child("validations").index(i);
      Validation validation = policy.validations().get(i);
      check(field.child("expression"), validation.expression(), problems);
      validation
          .byExpression()
          .ifPresent(message -> check(field.child("messageExpression"), message, problems));
    }
    for (int i = 0; i < policy.annotations().size(); i++) {
      check(
          FieldPath.SPEC.child("auditAnnotations").index(i).child("valueExpression"),
          policy.annotations().get(i).value(),
          problems);
    }
  }

  private static void check(MutatingPolicy policy, Problems problems) {
    check(policy.policy(), problems);
    for (int i = 0; i < policy.mutations().size(); i++) {
      Mutation mutation = policy.mutations().get(i);
      check(
          FieldPath.SPEC
              .child("mutations")
              .index(i)
              .child(mutation.isPatch() ? "jsonPatch" : "applyConfiguration", "expression"),
          mutation.expression(),
          problems);
    }
  }

  private static void check(Policy policy, Problems problems) {
    int place = 0;
    for (Expression variable : policy.variables().values()) {
      check(
          FieldPath.SPEC.child("variables").index(place++).child("expression"), variable, problems);
    }
    List<MatchConditions.Broken> broken = policy.conditions().broken();
    broken.forEach(
        each ->
            problems.invalid(
                FieldPath.SPEC.child("matchConditions").index(each.place()).child("expression"),
                each.text(),
                "compilation failed: " + each.why()));
  }

  private static void check(FieldPath field, Expression expression, Problems problems) {
    if (expression.compiled().isEmpty()) {
      problems.invalid(field, expression.text(), expression.broken());
    }
  }
}
