package io.kuber.resource.builtin.registration;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy}. */
final class ValidatingPolicies implements KindRules {
  private static final int MAX_ANNOTATIONS = 20;
  private static final int MAX_EXPRESSION = 5 << 10;
  private static final List<String> REASONS =
      List.of("Forbidden", "Invalid", "RequestEntityTooLarge");

  static final Kind KIND =
      Kind.of(
              Resources.VALIDATING_ADMISSION_POLICIES,
              new ValidatingPolicies(),
              Columns.none()
                  .name()
                  .integer("Validations", (p, now) -> (long) p.spec().items("validations").size())
                  .text("ParamKind", (policy, now) -> Policies.paramKind(policy))
                  .age())
          .with(Trait.STATUS, Trait.GENERATION);

  private static final FieldPath VALIDATIONS = FieldPath.SPEC.child("validations");
  private static final FieldPath ANNOTATIONS = FieldPath.SPEC.child("auditAnnotations");

  private ValidatingPolicies() {}

  @Override
  public KubeObject defaulted(KubeObject policy) {
    return policy.withChild(
        "spec",
        spec ->
            spec.withDefault("failurePolicy", "Fail")
                .withChild("matchConstraints", Policies::match));
  }

  @Override
  public void check(KubeObject policy, Problems problems) {
    Policies.check(policy, problems);
    List<Tree> validations = policy.spec().items("validations").trees();
    Items annotations = policy.spec().items("auditAnnotations");
    if (validations.isEmpty() && annotations.isEmpty()) {
      String why = "validations or auditAnnotations must contain at least one item";
      problems.required(VALIDATIONS, why);
      problems.required(ANNOTATIONS, why);
    }
    for (int i = 0; i < validations.size(); i++) {
      checkValidation(VALIDATIONS.index(i), validations.get(i), problems);
    }
    checkAnnotations(policy, annotations, problems);
  }

  private static void checkValidation(FieldPath field, Tree validation, Problems problems) {
    if (validation.text("expression").isBlank()) {
      problems.required(field.child("expression"), "expression is not specified");
    }
    String byExpression = validation.text("messageExpression");
    if (!byExpression.isEmpty() && byExpression.isBlank()) {
      problems.invalid(
          field.child("messageExpression"), byExpression, "must be non-empty if specified");
    }
    String message = validation.text("message");
    if (!message.isEmpty() && message.isBlank()) {
      problems.invalid(field.child("message"), message, "message must be non-empty if specified");
    } else if (message.strip().matches("(?s).*[\\n\\r].*")) {
      problems.invalid(field.child("message"), message, "message must not contain line breaks");
    }
    Numbers.checkOneOf(field, validation, "reason", REASONS, problems);
  }

  private static void checkAnnotations(KubeObject policy, Items annotations, Problems problems) {
    if (annotations.size() > MAX_ANNOTATIONS) {
      problems.invalid(
          ANNOTATIONS,
          annotations,
          "must not have more than " + MAX_ANNOTATIONS + " auditAnnotations");
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < annotations.size(); i++) {
      FieldPath field = ANNOTATIONS.index(i);
      String key = annotations.tree(i).text("key");
      Names.checkKey(field.child("key"), policy.name() + "/" + key, problems);
      if (!keys.add(key)) {
        problems.duplicate(field.child("key"), key);
      }
      String expression = annotations.tree(i).text("valueExpression").strip();
      if (expression.isEmpty()) {
        problems.required(field.child("valueExpression"), "valueExpression is not specified");
      } else if (expression.length() > MAX_EXPRESSION) {
        problems.required(
            field.child("valueExpression"),
            "must not exceed " + MAX_EXPRESSION + " bytes in length");
      }
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
