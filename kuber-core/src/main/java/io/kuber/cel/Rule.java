package io.kuber.cel;

import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.Objects;
import java.util.Optional;

/**
 * A rule as a schema has it.
 *
 * @param rule the expression
 * @param message what to say when it is false; may be empty
 * @param messageExpression an expression for it; may be empty
 * @param reason the cause type to report; may be empty
 * @param fieldPath where to report it, from here; may be empty
 * @param isOldOptional whether it also applies where there was no value before
 */
record Rule(
    String rule,
    String message,
    String messageExpression,
    String reason,
    String fieldPath,
    boolean isOldOptional) {

  static Rule of(Tree tree) {
    return new Rule(
        tree.text("rule"),
        tree.text("message"),
        tree.text("messageExpression"),
        tree.text("reason"),
        tree.text("fieldPath"),
        tree.isTrue("optionalOldSelf"));
  }

  /** How messages call it: by what it says, or by the expression. */
  String title() {
    return message.isEmpty() ? rule.strip() : message.strip();
  }

  /** What to say when it is false. */
  String failure() {
    return message.isEmpty() ? "failed rule: " + title() : message.strip();
  }

  /** As Kubernetes prints it in messages: with the names of its Go fields. */
  Tree printed() {
    return Tree.builder()
        .put("Rule", rule)
        .put("Message", message)
        .put("MessageExpression", messageExpression)
        .put("Reason", reason.isEmpty() ? Nil.NIL : reason)
        .put("FieldPath", fieldPath)
        .put("OptionalOldSelf", isOldOptional ? true : Nil.NIL)
        .build();
  }

  /** A problem without a program, or a program. */
  record Compiled(Rule rule, Program program, Optional<Program> message, String path) {
    Compiled {
      Objects.requireNonNull(program);
    }

    /** Whether it compares with what was there before. */
    boolean usesOld() {
      return program.used().contains(RuleCompiler.OLD_SELF);
    }
  }
}
