package io.kuber.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import io.kuber.cel.Environment.Variable;
import io.kuber.cel.value.BudgetExceeded;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.DeclaredType;
import io.kuber.cel.value.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Immutable.
 *
 * @param steps what it does
 * @param frameSize how many variables it has
 * @param variables those it was declared with, in the order of their places in a frame
 * @param used the names it mentions
 * @param selected the fields of names that it mentions, such as {@code claims.email}
 * @param resultType the name of its type, such as {@code bool}
 * @param cost what it may cost
 */
record Program(
    Step steps,
    int frameSize,
    List<String> variables,
    Set<String> used,
    Set<String> selected,
    String resultType,
    Estimate cost) {

  /** Compiles a text against variables that an environment was made with. */
  static Program compile(String text, Environment environment, Map<String, Variable> variables)
      throws CelCompileException {
    CelAbstractSyntaxTree ast = environment.check(text);
    List<String> names = List.copyOf(variables.keySet());
    Map<String, DeclaredType> types = new HashMap<>();
    variables.forEach((name, variable) -> types.put(name, variable.type()));
    try {
      Planner.CompiledSteps planned = new Planner(ast, names).plan();
      return new Program(
          planned.root(),
          planned.frameSize(),
          names,
          planned.used(),
          SelectedFields.of(ast),
          ast.getResultType().name(),
          new CostEstimator(ast, types).estimate());
    } catch (CelFailure wrong) {
      throw new CelCompileException("ERROR: <input>:1:1: " + wrong.text());
    }
  }

  /**
   * Evaluates.
   *
   * @param values of the variables, in the order of {@link #variables()}; null where one has none
   * @param limit of the cost
   */
  CelResult run(List<? extends @Nullable Object> values, long limit) {
    Meter meter = new Meter(limit);
    Frame frame = new Frame(frameSize, meter);
    for (int i = 0; i < values.size(); i++) {
      frame.set(i, values.get(i));
    }
    try {
      return new CelResult.Value(steps.run(frame), meter.cost());
    } catch (CelFailure failure) {
      return new CelResult.Failed(failure.text(), meter.cost());
    } catch (BudgetExceeded exceeded) {
      return new CelResult.OverBudget(meter.cost());
    }
  }
}
