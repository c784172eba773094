package io.kuber.cel;

import io.kuber.cel.value.DeclaredType;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code x-kubernetes-validations} of a structural schema, compiled. Immutable: keep one for
 * each generation of a definition and version; any thread may check with it.
 */
public final class CelRules {
  /** The rules of a schema that has none. */
  public static final CelRules NONE =
      new CelRules(
          new RuleNode(
              DeclaredType.ANY,
              "object",
              List.of(),
              Map.of(),
              Optional.empty(),
              List.of(),
              List.of()),
          List.of());

  private final RuleNode root;
  private final List<Problem> problems;

  private CelRules(RuleNode root, List<Problem> problems) {
    this.root = root;
    this.problems = List.copyOf(problems);
  }

  /**
   * Compiles all rules of a schema of custom resources. Cheap for a schema without rules, and then
   * loads nothing.
   *
   * @param schema the value of {@code openAPIV3Schema}; structural
   * @param path where it stands, such as {@code spec.validation.openAPIV3Schema}
   */
  public static CelRules compile(Tree schema, FieldPath path) {
    return compile(schema, path, true);
  }

  /**
   * Compiles all rules of a schema.
   *
   * @param isRoot whether its values are whole objects, with {@code apiVersion}, {@code kind} and
   *     {@code metadata}, rather than a part of one
   */
  public static CelRules compile(Tree schema, FieldPath path, boolean isRoot) {
    if (!RuleScan.hasRules(schema)) {
      return NONE;
    }
    Problems problems = new Problems();
    RuleNode root = new RuleCompiler(problems).compile(schema, path, isRoot);
    return new CelRules(root, problems.found());
  }

  /** What is wrong with the rules: a definition with such rules is not to be stored. */
  public List<Problem> problems() {
    return problems;
  }

  /** Whether there is nothing to check. */
  public boolean isEmpty() {
    return root.isEmpty();
  }

  /** Checks a new object. */
  public CelVerdict check(Tree object) {
    return check(FieldPath.ROOT, object, null);
  }

  /** Checks a changed object; what was wrong before and did not change is only warned of. */
  public CelVerdict check(Tree object, Tree old) {
    return check(FieldPath.ROOT, object, old);
  }

  /**
   * Checks a value, such as a default.
   *
   * @param path where it stands
   * @param value what is there now, in the form of {@code io.kuber.object}
   * @param old what was there before, or null
   */
  public CelVerdict check(FieldPath path, Object value, @Nullable Object old) {
    if (isEmpty()) {
      return CelVerdict.FINE;
    }
    RuleRunner runner = new RuleRunner();
    runner.check(root, path, value, old, Ratchet.at(value, old));
    return runner.verdict();
  }
}
