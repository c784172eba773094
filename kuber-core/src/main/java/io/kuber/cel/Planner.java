package io.kuber.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import io.kuber.cel.library.CallCost;
import io.kuber.cel.library.Functions;
import io.kuber.cel.library.Overload;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.library.StandardFunctions;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Meter;
import io.kuber.cel.value.TypeName;
import io.kuber.object.Nil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a checked expression into steps. Used once, by one thread. */
final class Planner {
  /** Functions that fail at once for a wrong literal, and the place of that argument. */
  private static final Map<String, Integer> CHECKED_LITERALS =
      Map.of("matches", 1, "find", 1, "findAll", 1, "duration", 0, "timestamp", 0);

  private final CelAbstractSyntaxTree ast;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private int size;

  Planner(CelAbstractSyntaxTree ast, List<String> variables) {
    this.ast = ast;
    variables.forEach(this::declare);
  }

  /** The steps of the whole expression; fails for literals that can have no value. */
  CompiledSteps plan() {
    Step root = plan(ast.getExpr());
    return new CompiledSteps(root, size, Set.copyOf(used));
  }

  /**
   * A planned expression.
   *
   * @param root its last step
   * @param frameSize how many variables it has, those of folds included
   * @param used the names it mentions
   */
  record CompiledSteps(Step root, int frameSize, Set<String> used) {}

  private int declare(String name) {
    int slot = size++;
    slots.put(name, slot);
    return slot;
  }

  private Step plan(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> Steps.constant(constant(expr.constant()));
      case IDENT -> name(expr, expr.ident().name());
      case SELECT -> select(expr);
      case CALL -> call(expr);
      case LIST ->
          Steps.list(planAll(expr.list().elements()), List.copyOf(expr.list().optionalIndices()));
      case MAP ->
          Steps.map(
              expr.map().entries().stream()
                  .map(e -> new Steps.Entry(plan(e.key()), plan(e.value()), e.optionalEntry()))
                  .toList());
      case STRUCT -> struct(expr);
      case COMPREHENSION -> fold(expr.comprehension());
      default -> throw new CelFailure("unexpected expression");
    };
  }

  private List<Step> planAll(List<CelExpr> exprs) {
    return exprs.stream().map(this::plan).toList();
  }

  private Step name(CelExpr expr, String written) {
    CelReference reference = ast.getReference(expr.id()).orElse(null);
    String name = reference == null ? written : reference.name();
    if (reference != null && reference.value().isPresent()) {
      return Steps.constant(constant(reference.value().get()));
    }
    Integer slot = slots.get(name);
    if (slot != null) {
      used.add(name);
      return Steps.variable(slot, name);
    }
    if (ast.getTypeOrThrow(expr.id()).kind() == CelKind.TYPE) {
      return Steps.constant(new TypeName(name));
    }
    throw new CelFailure("undeclared reference to '" + name + "'");
  }

  private Step select(CelExpr expr) {
    if (ast.getReference(expr.id()).isPresent()) {
      return name(expr, expr.select().field());
    }
    Step operand = plan(expr.select().operand());
    String field = expr.select().field();
    return expr.select().testOnly() ? Steps.test(operand, field) : Steps.select(operand, field);
  }

  private Step struct(CelExpr expr) {
    String type = expr.struct().messageName();
    if (type.startsWith("google.protobuf.")) {
      throw new CelFailure("messages such as " + type + " cannot be made");
    }
    return Steps.struct(
        expr.struct().entries().stream()
            .map(
                e ->
                    new Steps.Entry(
                        Steps.constant(e.fieldKey()), plan(e.value()), e.optionalEntry()))
            .toList());
  }

  private Step call(CelExpr expr) {
    CelCall call = expr.call();
    List<Step> steps = new ArrayList<>();
    call.target().ifPresent(target -> steps.add(plan(target)));
    steps.addAll(planAll(call.args()));
    return switch (call.function()) {
      case "_&&_" -> Steps.logical(steps.get(0), steps.get(1), false);
      case "_||_" -> Steps.logical(steps.get(0), steps.get(1), true);
      case "_?_:_" -> Steps.conditional(steps.get(0), steps.get(1), steps.get(2));
      case "@not_strictly_false", "__not_strictly_false__" -> Steps.notStrictlyFalse(steps.get(0));
      case "or" -> Steps.otherwise(steps.get(0), steps.get(1), false);
      case "orValue" -> Steps.otherwise(steps.get(0), steps.get(1), true);
      default -> function(expr, call, steps);
    };
  }

  private Step function(CelExpr expr, CelCall call, List<Step> steps) {
    String function = call.function();
    List<String> ids =
        ast.getReference(expr.id()).map(CelReference::overloadIds).stream()
            .flatMap(List::stream)
            .toList();
    List<Overload> overloads =
        Functions.named(function).stream().filter(any -> ids.contains(any.id())).toList();
    Body standard = overloads.size() < ids.size() ? StandardFunctions.named(function) : null;
    Body body = body(function, overloads, standard);
    checkLiteral(call, body);
    return Steps.call(body, CallCost.named(function), steps);
  }

  private static Body body(String function, List<Overload> overloads, @Nullable Body standard) {
    if (overloads.isEmpty()) {
      if (standard == null) {
        throw new CelFailure("unknown function " + function);
      }
      return standard;
    }
    return overloads.size() == 1 && standard == null
        ? overloads.get(0).body()
        : Steps.chosen(overloads, standard);
  }

  /** A literal that is no pattern, duration or time is wrong before there is a value. */
  private void checkLiteral(CelCall call, Body body) {
    Integer place = CHECKED_LITERALS.get(call.function());
    List<CelExpr> all = new ArrayList<>();
    call.target().ifPresent(all::add);
    all.addAll(call.args());
    if (place == null || place >= all.size() || all.size() > 2) {
      return;
    }
    CelExpr literal = all.get(place);
    if (literal.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && constant(literal.constant()) instanceof String text) {
      try {
        body.apply(
            place == 0 ? new Object[] {text} : new Object[] {"", text}, new Meter(Long.MAX_VALUE));
      } catch (CelFailure wrong) {
        throw new CelFailure("invalid " + call.function() + " argument: " + wrong.text());
      }
    }
  }

  private Step fold(CelComprehension fold) {
    Step range = plan(fold.iterRange());
    Step start = plan(fold.accuInit());
    Map<String, Integer> outer = new HashMap<>(slots);
    int accumulator = declare(fold.accuVar());
    Map<String, Integer> withAccumulator = new HashMap<>(slots);
    int first = declare(fold.iterVar());
    int second = fold.iterVar2().isEmpty() ? -1 : declare(fold.iterVar2());
    Step condition = plan(fold.loopCondition());
    Step turn = plan(fold.loopStep());
    slots.clear();
    slots.putAll(withAccumulator);
    Step result = plan(fold.result());
    slots.clear();
    slots.putAll(outer);
    return new Fold(range, first, second, accumulator, start, condition, turn, result);
  }

  private static Object constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case NULL_VALUE -> Nil.NIL;
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case UINT64_VALUE -> constant.uint64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      case STRING_VALUE -> constant.stringValue();
      case BYTES_VALUE -> Bytes.of(constant.bytesValue().toByteArray());
      default -> throw new CelFailure("unexpected constant " + constant.getKind());
    };
  }
}
