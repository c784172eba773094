package io.kuber.resource.custom;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;

/** What a schema may say in {@code x-kubernetes-validations}, apart from the expressions. */
final class RuleDefinitionCheck {
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private RuleDefinitionCheck() {}

  static void check(Tree schema, FieldPath path, Problems problems) {
    List<Tree> rules = schema.items("x-kubernetes-validations").trees();
    for (int i = 0; i < rules.size(); i++) {
      checkRule(rules.get(i), path.child("x-kubernetes-validations").index(i), problems);
    }
  }

  private static void checkRule(Tree rule, FieldPath path, Problems problems) {
    String message = rule.text("message");
    if (rule.text("rule").isBlank()) {
      problems.required(path.child("rule"), "rule is not specified");
    } else if (!message.isEmpty() && message.isBlank()) {
      problems.invalid(path.child("message"), message, "message must be non-empty if specified");
    } else if (hasLineBreak(message.trim())) {
      problems.invalid(path.child("message"), message, "message must not contain line breaks");
    } else if (hasLineBreak(rule.text("rule").trim()) && message.isEmpty()) {
      problems.required(
          path.child("message"), "message must be specified if rule contains line breaks");
    }
    checkOthers(rule, path, problems);
  }

  private static void checkOthers(Tree rule, FieldPath path, Problems problems) {
    String expression = rule.text("messageExpression");
    if (!expression.isEmpty() && expression.isBlank()) {
      problems.required(
          path.child("messageExpression"), "messageExpression must be non-empty if specified");
    }
    String reason = rule.text("reason");
    if (!reason.isEmpty() && !REASONS.contains(reason)) {
      problems.notSupported(path.child("reason"), reason, REASONS);
    }
    String field = rule.text("fieldPath");
    if (!field.isEmpty() && field.isBlank()) {
      problems.invalid(path.child("fieldPath"), field, "fieldPath must be non-empty if specified");
    }
    if (hasLineBreak(field)) {
      problems.invalid(path.child("fieldPath"), field, "fieldPath must not contain line breaks");
    }
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
