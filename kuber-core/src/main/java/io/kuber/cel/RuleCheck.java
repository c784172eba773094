package io.kuber.cel;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;
import java.util.Optional;

/** What a rule says besides its expressions (apiextensions, validation.go). */
final class RuleCheck {
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private static final int MAX_MESSAGE = 2048;

  private RuleCheck() {}

  /** The path at which the rule is reported, from its place; none if something is wrong. */
  static Optional<String> check(Rule rule, Tree schema, FieldPath path, Problems problems) {
    int before = problems.found().size();
    checkTexts(rule, path, problems);
    if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
      problems.notSupported(path.child("reason"), rule.reason(), REASONS);
    }
    String reportedAt = reportedAt(rule, schema, path.child("fieldPath"), problems);
    return problems.found().size() == before ? Optional.of(reportedAt) : Optional.empty();
  }

  private static void checkTexts(Rule rule, FieldPath path, Problems problems) {
    String message = rule.message().strip();
    FieldPath messagePath = path.child("message");
    if (rule.rule().isBlank()) {
      problems.required(path.child("rule"), "rule is not specified");
    }
    if (!rule.message().isEmpty() && message.isEmpty()) {
      problems.invalid(messagePath, rule.message(), "message must be non-empty if specified");
    } else if (message.length() > MAX_MESSAGE) {
      problems.invalid(
          messagePath,
          message.substring(0, 10) + "...",
          "message must have a maximum length of 2048 characters");
    } else if (hasLineBreak(message)) {
      problems.invalid(messagePath, rule.message(), "message must not contain line breaks");
    } else if (hasLineBreak(rule.rule().strip()) && message.isEmpty()) {
      problems.required(messagePath, "message must be specified if rule contains line breaks");
    }
    if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
      problems.required(
          path.child("messageExpression"), "messageExpression must be non-empty if specified");
    }
  }

  private static String reportedAt(Rule rule, Tree schema, FieldPath path, Problems problems) {
    String written = rule.fieldPath();
    if (written.isEmpty()) {
      return "";
    }
    if (written.isBlank()) {
      problems.invalid(path, written, "fieldPath must be non-empty if specified");
      return "";
    }
    if (hasLineBreak(written)) {
      problems.invalid(path, written, "fieldPath must not contain line breaks");
      return "";
    }
    try {
      return ReportPath.parse(written, schema);
    } catch (IllegalArgumentException wrong) {
      problems.invalid(path, written, "fieldPath must be a valid path: " + wrong.getMessage());
      return "";
    }
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
