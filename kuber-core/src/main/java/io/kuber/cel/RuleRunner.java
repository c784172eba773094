package io.kuber.cel;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks an object and evaluates the rules of each place within the budget of the whole
 * (apiextensions, schema/cel/validation.go). Used once, by one thread.
 */
final class RuleRunner {
  private static final String OUT_OF_BUDGET =
      "validation failed due to running out of cost budget, no further validation rules will be run";

  private final Problems problems = new Problems();
  private final List<String> warnings = new ArrayList<>();
  private long budget = CelLimits.PER_OBJECT;
  private boolean isOver;

  CelVerdict verdict() {
    return new CelVerdict(problems.found(), warnings);
  }

  /** Checks a value and all below it. */
  void check(
      RuleNode node,
      FieldPath path,
      Object value,
      @Nullable Object old,
      @Nullable Ratchet ratchet) {
    if (isOver || value == Nil.NIL) {
      return;
    }
    evaluate(node, path, value, old == Nil.NIL ? null : old, ratchet);
    for (RuleNode other : node.others()) {
      check(other, path, value, old, Ratchet.outside(ratchet));
    }
    if (value instanceof Tree tree) {
      checkFields(node, path, tree, old instanceof Tree before ? before : Tree.EMPTY, ratchet);
    } else if (value instanceof Items items) {
      checkItems(node, path, items, old instanceof Items before ? before : Items.EMPTY, ratchet);
    }
  }

  private void checkFields(
      RuleNode node, FieldPath path, Tree tree, Tree old, @Nullable Ratchet ratchet) {
    for (int i = 0; i < tree.size() && !isOver; i++) {
      String name = tree.nameAt(i);
      RuleNode property = node.properties().get(name);
      RuleNode below = property == null ? node.values().orElse(null) : property;
      if (below != null) {
        Object before = old.get(name);
        check(
            below,
            property == null ? path.key(name) : path.child(name),
            tree.valueAt(i),
            before,
            Ratchet.below(ratchet, tree.valueAt(i), before));
      }
    }
  }

  private void checkItems(
      RuleNode node, FieldPath path, Items items, Items old, @Nullable Ratchet ratchet) {
    if (node.values().isEmpty()) {
      return;
    }
    Map<Object, Object> before = byKeys(old, node.keys());
    for (int i = 0; i < items.size() && !isOver; i++) {
      Object item = items.get(i);
      Object was = before.get(identity(item, node.keys()));
      check(node.values().get(), path.index(i), item, was, Ratchet.below(ratchet, item, was));
    }
  }

  private static Map<Object, Object> byKeys(Items items, List<String> keys) {
    Map<Object, Object> found = new HashMap<>();
    if (!keys.isEmpty()) {
      items.forEach(item -> found.put(identity(item, keys), item));
    }
    return found;
  }

  private static List<Object> identity(Object item, List<String> keys) {
    List<Object> identity = new ArrayList<>(keys.size());
    for (String key : keys) {
      Object value = item instanceof Tree tree ? tree.get(key) : null;
      identity.add(value == null ? Nil.NIL : value);
    }
    return identity;
  }

  private void evaluate(
      RuleNode node,
      FieldPath path,
      Object value,
      @Nullable Object old,
      @Nullable Ratchet ratchet) {
    if (node.rules().isEmpty()) {
      return;
    }
    Object self = node.type().adapt(value);
    Object oldSelf = old == null ? null : node.type().adapt(old);
    for (Rule.Compiled rule : node.rules()) {
      boolean isOptional = rule.rule().isOldOptional();
      if (rule.usesOld() && old == null && !isOptional) {
        continue;
      }
      Object before = isOptional ? Optional.ofNullable(oldSelf) : oldSelf;
      evaluate(node, rule, path, Arrays.asList(self, before), ratchet);
      if (isOver) {
        return;
      }
    }
  }

  private void evaluate(
      RuleNode node,
      Rule.Compiled compiled,
      FieldPath path,
      List<? extends @Nullable Object> variables,
      @Nullable Ratchet ratchet) {
    CelResult result = compiled.program().run(variables, CelLimits.PER_CALL);
    if (spend(result)) {
      stop(path, node.typeName(), OUT_OF_BUDGET);
      return;
    }
    String title = compiled.rule().title();
    if (result instanceof CelResult.OverBudget) {
      stop(
          path,
          node.typeName(),
          "'operation cancelled: actual cost limit exceeded': no further validation rules will be"
              + " run due to call cost exceeds limit for rule: "
              + title);
    } else if (result instanceof CelResult.Failed failed) {
      problems.invalid(path, node.typeName(), failure(failed.message(), title));
    } else if (!result.isTrue()) {
      refuse(node, compiled, path, variables, ratchet);
    }
  }

  private static String failure(String message, String title) {
    return message.startsWith("no such overload")
        ? "'"
            + message
            + "': call arguments did not match a supported operator, function or macro signature"
            + " for rule: "
            + title
        : message + " evaluating rule: " + title;
  }

  private void refuse(
      RuleNode node,
      Rule.Compiled compiled,
      FieldPath path,
      List<? extends @Nullable Object> variables,
      @Nullable Ratchet ratchet) {
    FieldPath at = compiled.path().isEmpty() ? path : path.child(compiled.path());
    Problems found =
        compiled.usesOld() || !Ratchet.isUnchanged(ratchet) ? problems : new Problems();
    Optional<String> message = Optional.empty();
    if (compiled.message().isPresent()) {
      CelResult result = compiled.message().get().run(variables, CelLimits.PER_CALL);
      String text = compiled.rule().messageExpression();
      if (spend(result)) {
        found.invalid(
            at,
            node.typeName(),
            "messageExpression evaluation failed due to running out of cost budget, no further"
                + " validation rules will be run");
        isOver = true;
      } else if (result instanceof CelResult.OverBudget) {
        found.invalid(
            at,
            node.typeName(),
            "no further validation rules will be run due to call cost exceeds limit for"
                + " messageExpression: \""
                + text
                + "\"");
        isOver = true;
      }
      message = message(result);
    }
    if (!isOver) {
      report(
          found, compiled.rule(), at, node.typeName(), message.orElse(compiled.rule().failure()));
    }
    if (found != problems) {
      found.found().stream().map(Problem::toString).forEach(warnings::add);
    }
  }

  /** The message that an expression made, unless it made none that can be shown. */
  private static Optional<String> message(CelResult result) {
    return result instanceof CelResult.Value value && value.value() instanceof String text
        ? Optional.of(text.strip())
            .filter(it -> !it.isEmpty() && it.length() <= CelLimits.MESSAGE_LENGTH)
            .filter(it -> it.indexOf('\n') < 0)
        : Optional.empty();
  }

  private static void report(
      Problems problems, Rule rule, FieldPath at, String type, String message) {
    switch (rule.reason()) {
      case "FieldValueForbidden" -> problems.forbidden(at, message);
      case "FieldValueRequired" -> problems.required(at, message);
      case "FieldValueDuplicate" -> problems.duplicate(at, type);
      default -> problems.invalid(at, type, message);
    }
  }

  /** Takes what an evaluation cost off the budget; true if there was not enough. */
  private boolean spend(CelResult result) {
    if (result.cost() > budget) {
      return true;
    }
    budget -= result.cost();
    return false;
  }

  private void stop(FieldPath path, String type, String message) {
    problems.invalid(path, type, message);
    isOver = true;
  }
}
