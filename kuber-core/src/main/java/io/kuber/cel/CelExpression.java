package io.kuber.cel;

import io.kuber.cel.Environment.Variable;
import io.kuber.cel.value.DeclaredType;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One expression, compiled once and evaluated often: for match conditions, admission policies and
 * device selectors. Immutable; any thread may evaluate it.
 */
public final class CelExpression {
  private final Program program;
  private final List<DeclaredType> types;

  private CelExpression(Program program, List<DeclaredType> types) {
    this.program = program;
    this.types = types;
  }

  /**
   * Compiles an expression.
   *
   * @param text the expression
   * @param variables what it may mention, and of which types; {@link DeclaredType#ANY} for objects
   *     without a schema
   */
  public static CelExpression compile(String text, Map<String, DeclaredType> variables)
      throws CelCompileException {
    Map<String, Variable> declared = new LinkedHashMap<>();
    variables.forEach((name, type) -> declared.put(name, new Variable(type, false)));
    Program program = Program.compile(text, Environment.of(declared), declared);
    return new CelExpression(program, program.variables().stream().map(variables::get).toList());
  }

  /**
   * Compiles an expression that makes what is to be changed: an {@code Object{...}} or a list of
   * {@code JSONPatch{...}} (apiserver, pkg/cel/mutation).
   *
   * @param text the expression
   * @param variables what it may mention
   */
  public static CelExpression compileChange(String text, Map<String, DeclaredType> variables)
      throws CelCompileException {
    Map<String, Variable> declared = new LinkedHashMap<>();
    variables.forEach((name, type) -> declared.put(name, new Variable(type, false)));
    Environment environment = Environment.of(declared, ChangeTypes.in(text));
    ObjectNames.check(environment.check(text).getExpr());
    Program program = Program.compile(text, environment, declared);
    return new CelExpression(program, program.variables().stream().map(variables::get).toList());
  }

  /** The name of its type, such as {@code bool}, {@code string} or {@code dyn}. */
  public String resultType() {
    return program.resultType();
  }

  /** What it may cost at most, as far as the types of the variables tell. */
  public long estimatedCost() {
    return program.cost().max();
  }

  /** Whether it mentions a variable. */
  public boolean uses(String variable) {
    return program.used().contains(variable);
  }

  /** Whether it mentions a field of a variable, be it only to ask whether it is there. */
  public boolean uses(String variable, String field) {
    return program.selected().contains(variable + "." + field);
  }

  /**
   * Evaluates.
   *
   * @param values by variable: trees and items, which are read as they are needed, or values as
   *     {@code io.kuber.cel.value} lists them, such as a map that computes its entries; a variable
   *     that is left out fails when it is looked at
   * @param limit of the cost, such as {@link CelLimits#PER_CALL}
   */
  public CelResult evaluate(Map<String, ?> values, long limit) {
    List<@Nullable Object> inOrder = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      Object value = values.get(program.variables().get(i));
      boolean isRaw = value instanceof Tree || value instanceof Items;
      inOrder.add(value != null && isRaw ? types.get(i).adapt(value) : value);
    }
    return program.run(inOrder, limit);
  }
}
