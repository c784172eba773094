package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.custom.Structural.Junctors;
import io.kuber.resource.custom.Structural.Others;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds values against schemas, in the order and the words of kube-openapi
 * (pkg/validation/validate).
 *
 * <p>On an update, what was wrong before and did not change is no problem (apiextensions-apiserver,
 * pkg/apiserver/validation/ratcheting.go), so that a schema can become stricter.
 */
final class SchemaCheck {
  private SchemaCheck() {}

  /** What a schema says of a value; {@code old} is what stood in its place, or null. */
  static Verdict check(Object value, @Nullable Object old, Structural schema, String path) {
    Verdict verdict = fresh(value, old, schema, path);
    return !verdict.isValid() && value.equals(old) ? new Verdict() : verdict;
  }

  private static Verdict fresh(Object value, @Nullable Object old, Structural schema, String path) {
    Verdict verdict = new Verdict();
    if (value == Nil.NIL) {
      if (!schema.types().isEmpty() && !schema.isNullable()) {
        verdict.wrongType(path, String.join(",", schema.types()), "null");
      }
      checkAllowed(value, schema.limits(), path, verdict);
      return verdict;
    }
    TypeCheck.check(value, schema, path, verdict);
    counted(verdict, part -> checkJunctors(value, old, schema.junctors(), path, part));
    if (value instanceof String text) {
      counted(verdict, part -> TextCheck.check(text, schema.limits(), path, part));
    } else if (value instanceof Long || value instanceof BigDecimal) {
      counted(verdict, part -> NumberCheck.check(value, schema.limits(), path, part));
    } else if (value instanceof Items items) {
      counted(verdict, part -> checkItems(items, old, schema, path, part));
    }
    counted(verdict, part -> checkAllowed(value, schema.limits(), path, part));
    if (value instanceof Tree tree) {
      counted(verdict, part -> checkFields(tree, old, schema, path, part));
    }
    verdict.matched();
    return verdict;
  }

  private interface Step {
    void run(Verdict part);
  }

  private static void counted(Verdict whole, Step step) {
    Verdict part = new Verdict();
    step.run(part);
    whole.merge(part);
    whole.matched();
  }

  private static void checkAllowed(Object value, Limits limits, String path, Verdict verdict) {
    List<Object> allowed = limits.allowed();
    if (allowed != null && allowed.stream().noneMatch(each -> isSame(each, value))) {
      verdict.notSupported(path, value == Nil.NIL ? "null" : value, allowed);
    }
  }

  /** Equal; numbers are equal when they count the same. */
  static boolean isSame(Object one, Object other) {
    return one.equals(other)
        || (one instanceof Number
            && other instanceof Number
            && new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0);
  }

  private static void checkJunctors(
      Object value, @Nullable Object old, Junctors junctors, String path, Verdict verdict) {
    if (!junctors.any().isEmpty()) {
      Alternatives any = Alternatives.of(value, old, junctors.any(), path);
      if (any.valid() == 0) {
        verdict.junction(path, "must validate at least one schema (anyOf)");
      }
      verdict.merge(any.best());
    }
    if (!junctors.one().isEmpty()) {
      Alternatives one = Alternatives.of(value, old, junctors.one(), path);
      if (one.valid() != 1) {
        String found =
            one.valid() == 0 ? "Found none valid" : "Found " + one.valid() + " valid alternatives";
        verdict.junction(path, "must validate one and only one schema (oneOf). " + found);
      }
      verdict.merge(one.best());
    }
    checkAll(value, old, junctors.all(), path, verdict);
    Structural not = junctors.not();
    if (not != null && check(value, old, not, path).isValid()) {
      verdict.junction(path, "must not validate the schema (not)");
    }
    verdict.matched();
  }

  private static void checkAll(
      Object value, @Nullable Object old, List<Structural> all, String path, Verdict verdict) {
    int valid = 0;
    for (Structural schema : all) {
      Verdict part = check(value, old, schema, path);
      valid += part.isValid() ? 1 : 0;
      verdict.merge(part);
    }
    if (valid != all.size()) {
      String none = valid == 0 ? ". None validated" : "";
      verdict.junction(path, "must validate all the schemas (allOf)" + none);
    }
  }

  /**
   * Several schemas for one value.
   *
   * @param valid how many hold
   * @param best the first that holds, or else the one that failed last
   */
  private record Alternatives(int valid, Verdict best) {
    static Alternatives of(
        Object value, @Nullable Object old, List<Structural> schemas, String path) {
      int valid = 0;
      Verdict best = null;
      for (Structural schema : schemas) {
        Verdict verdict = check(value, old, schema, path);
        if (verdict.isValid() && valid++ == 0) {
          best = verdict;
        } else if (valid == 0 && (best == null || verdict.matches() > best.matches())) {
          best = verdict;
        }
      }
      return new Alternatives(valid, best == null ? new Verdict() : best);
    }
  }

  private static void checkItems(
      Items items, @Nullable Object old, Structural schema, String path, Verdict verdict) {
    Structural element = schema.items();
    if (element != null) {
      OldItems before = OldItems.of(old, schema);
      for (int i = 0; i < items.size(); i++) {
        Object item = items.get(i);
        verdict.merge(check(item, before.of(i, item), element, path + "[" + i + "]"));
      }
    }
    Limits limits = schema.limits();
    Long most = limits.maxItems();
    Long least = limits.minItems();
    if (least != null && items.size() < least) {
      verdict.invalid(
          path, (long) items.size(), "in body should have at least " + least + " items");
    }
    if (most != null && items.size() > most) {
      verdict.tooMany(path, items.size(), most);
    }
    if (limits.isUnique() && items.stream().distinct().count() < items.size()) {
      verdict.invalid(path, "", "in body shouldn't contain duplicates");
    }
  }

  private static void checkFields(
      Tree tree, @Nullable Object old, Structural schema, String path, Verdict verdict) {
    Limits limits = schema.limits();
    Long least = limits.minProperties();
    Long most = limits.maxProperties();
    if (least != null && tree.size() < least) {
      verdict.invalid(
          path, (long) tree.size(), "in body should have at least " + least + " properties");
      return;
    }
    if (most != null && tree.size() > most) {
      verdict.tooMany(path, tree.size(), most);
      return;
    }
    Tree before = old instanceof Tree oldTree ? oldTree : Tree.EMPTY;
    tree.forEach((name, value) -> checkField(name, value, before, schema, path, verdict));
    for (String name : limits.required()) {
      if (!tree.has(name)) {
        verdict.required(path + "." + name);
      }
    }
  }

  private static void checkField(
      String name, Object value, Tree old, Structural schema, String path, Verdict verdict) {
    Structural field = schema.field(name).orElse(null);
    if (field != null) {
      String inner = path.isEmpty() ? name : path + "." + name;
      verdict.merge(check(value, old.get(name), field, inner));
    } else if (schema.others() == Others.FORBIDDEN) {
      verdict.forbidden(path, name);
    }
  }
}
