package io.kuber.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import io.kuber.cel.value.DeclaredType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may cost, from the sizes that the schema allows (cel-go, checker/cost.go).
 * Definitions are accepted by this figure, so it follows cel-go's arithmetic step by step. Used
 * once, by one thread.
 */
final class CostEstimator implements CallEstimates.Sizes {
  private static final Estimate LIST = Estimate.fixed(10);
  private static final Estimate MAP = Estimate.fixed(30);
  private static final Estimate STRUCT = Estimate.fixed(40);

  /** Texts are the keys of maps; nothing is known of their length (as in Kubernetes). */
  private static final DeclaredType KEY = new DeclaredType.Scalar(DeclaredType.Kind.STRING, 0, 2);

  private final CelAbstractSyntaxTree ast;
  private final Map<String, DeclaredType> variables;
  private final Map<String, Local> locals = new HashMap<>();
  private final Map<Long, DeclaredType> origins = new HashMap<>();
  private final Map<Long, Estimate> sizes = new HashMap<>();
  private final Map<Long, Entries> entries = new HashMap<>();

  CostEstimator(CelAbstractSyntaxTree ast, Map<String, DeclaredType> variables) {
    this.ast = ast;
    this.variables = variables;
  }

  /** A variable of a fold: where in the schema it comes from, and how large it is. */
  private record Local(
      @Nullable DeclaredType origin, @Nullable Estimate size, @Nullable Entries entries) {}

  /** The sizes of what a container holds. */
  private record Entries(boolean isList, Estimate key, Estimate value) {
    static @Nullable Entries union(@Nullable Entries one, @Nullable Entries other) {
      return one == null || other == null
          ? null
          : new Entries(one.isList, one.key.union(other.key), one.value.union(other.value));
    }
  }

  Estimate estimate() {
    return cost(ast.getExpr());
  }

  private Estimate cost(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> name(expr);
      case SELECT -> select(expr);
      case CALL -> call(expr);
      case LIST -> list(expr);
      case MAP -> map(expr);
      case STRUCT ->
          sum(expr.struct().entries().stream().map(entry -> cost(entry.value())).toList())
              .plus(STRUCT);
      case COMPREHENSION -> fold(expr);
      default -> Estimate.NONE;
    };
  }

  private static Estimate sum(List<Estimate> costs) {
    return costs.stream().reduce(Estimate.NONE, Estimate::plus);
  }

  private Estimate name(CelExpr expr) {
    setOrigin(expr, originOf(expr));
    return Estimate.ONE;
  }

  private Estimate select(CelExpr expr) {
    CelExpr operand = expr.select().operand();
    Estimate cost = cost(operand);
    if (expr.select().testOnly() || ast.getReference(expr.id()).isPresent()) {
      return cost;
    }
    String field = expr.select().field();
    DeclaredType origin = originOf(operand);
    if (origin instanceof DeclaredType.Struct struct && struct.fields().containsKey(field)) {
      setOrigin(expr, struct.fields().get(field).type());
    }
    CelKind kind = ast.getTypeOrThrow(operand.id()).kind();
    boolean isCharged = kind == CelKind.MAP || kind == CelKind.STRUCT || kind == CelKind.TYPE_PARAM;
    return isCharged ? cost.plus(Estimate.ONE) : cost;
  }

  private Estimate list(CelExpr expr) {
    Estimate cost = LIST;
    Estimate item = expr.list().elements().isEmpty() ? Estimate.NONE : null;
    for (CelExpr element : expr.list().elements()) {
      cost = cost.plus(cost(element));
      item = item == null ? size(element) : item.union(size(element));
    }
    entries.put(expr.id(), new Entries(true, Estimate.ONE, orNone(item)));
    return cost;
  }

  private Estimate map(CelExpr expr) {
    Estimate cost = MAP;
    Estimate key = null;
    Estimate value = null;
    for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
      cost = cost.plus(cost(entry.key())).plus(cost(entry.value()));
      key = key == null ? size(entry.key()) : key.union(size(entry.key()));
      value = value == null ? size(entry.value()) : value.union(size(entry.value()));
    }
    entries.put(expr.id(), new Entries(false, orNone(key), orNone(value)));
    return cost;
  }

  private static Estimate orNone(@Nullable Estimate estimate) {
    return estimate == null ? Estimate.NONE : estimate;
  }

  private Estimate call(CelExpr expr) {
    CelCall call = expr.call();
    if (call.function().equals("dyn")) {
      CelExpr argument = call.args().get(0);
      Estimate cost = cost(argument).plus(Estimate.ONE);
      sizes.put(expr.id(), size(argument));
      return cost;
    }
    List<Estimate> costs = call.args().stream().map(this::cost).toList();
    Estimate target = call.target().map(this::cost).orElse(Estimate.NONE);
    List<String> ids =
        ast.getReference(expr.id()).map(CelReference::overloadIds).stream()
            .flatMap(List::stream)
            .toList();
    Estimate worst = null;
    Estimate result = null;
    for (String id : ids) {
      CallEstimates.Call one = overload(expr, id, costs);
      worst = worst == null ? one.cost() : worst.union(one.cost());
      result = Optional.ofNullable(result).or(one::size).orElse(null);
    }
    if (ids.contains("index_list") || ids.contains("index_map")) {
      result = index(expr, call.args().get(0), ids.contains("index_list"));
    }
    if (result != null) {
      sizes.put(expr.id(), result);
    }
    return orNone(worst).plus(target);
  }

  private CallEstimates.Call overload(CelExpr expr, String id, List<Estimate> costs) {
    List<CelExpr> args = expr.call().args();
    switch (id) {
      case "logical_or", "logical_and" -> {
        long most = costs.get(0).plus(costs.get(1)).max();
        return new CallEstimates.Call(new Estimate(costs.get(0).min(), most), Optional.empty());
      }
      case "conditional" -> {
        setEntries(expr, Entries.union(entriesOf(args.get(1)), entriesOf(args.get(2))));
        return new CallEstimates.Call(
            costs.get(0).plus(costs.get(1).union(costs.get(2))),
            Optional.of(size(args.get(1)).union(size(args.get(2)))));
      }
      case "add_list" ->
          setEntries(expr, Entries.union(entriesOf(args.get(0)), entriesOf(args.get(1))));
      default -> {}
    }
    CallEstimates.Call call = CallEstimates.of(expr.call(), id, this);
    return new CallEstimates.Call(call.cost().plus(sum(costs)), call.size());
  }

  private @Nullable Estimate index(CelExpr expr, CelExpr container, boolean isList) {
    DeclaredType origin = originOf(container);
    if (isList && origin instanceof DeclaredType.ListOf list) {
      setOrigin(expr, list.items());
    } else if (!isList && origin instanceof DeclaredType.MapOf map) {
      setOrigin(expr, map.values());
    }
    Entries held = entriesOf(container);
    return held == null ? null : held.value();
  }

  private Estimate fold(CelExpr expr) {
    CelComprehension fold = expr.comprehension();
    Estimate cost = cost(fold.iterRange()).plus(cost(fold.accuInit()));
    Map<String, Local> outer = new HashMap<>(locals);
    locals.put(
        fold.accuVar(),
        new Local(
            originOf(fold.accuInit()), knownSize(fold.accuInit()), entriesOf(fold.accuInit())));
    Map<String, Local> withAccumulator = new HashMap<>(locals);
    bindIterators(fold);
    Estimate turn = cost(fold.loopCondition()).plus(cost(fold.loopStep()));
    restore(withAccumulator);
    cost = cost.plus(cost(fold.result()));
    restore(outer);
    Estimate count = size(fold.iterRange());
    if (isBinding(fold)) {
      sizes.put(expr.id(), size(fold.result()));
      setEntries(expr, entriesOf(fold.result()));
      return cost;
    }
    Kind start = fold.accuInit().getKind();
    if (start == Kind.CONSTANT) {
      sizes.put(expr.id(), size(fold.accuInit()));
    } else if (start == Kind.LIST || start == Kind.MAP) {
      sizes.put(expr.id(), count);
      setEntries(expr, entriesOf(fold.loopStep()));
    }
    return cost.plus(count.times(turn));
  }

  private void bindIterators(CelComprehension fold) {
    CelExpr range = fold.iterRange();
    Entries held = entriesOf(range);
    DeclaredType origin = originOf(range);
    boolean isList =
        held != null ? held.isList() : ast.getTypeOrThrow(range.id()).kind() == CelKind.LIST;
    DeclaredType value =
        origin instanceof DeclaredType.ListOf list
            ? list.items()
            : origin instanceof DeclaredType.MapOf map ? map.values() : null;
    DeclaredType key = origin instanceof DeclaredType.MapOf ? KEY : null;
    Local forKey = new Local(key, held == null ? null : held.key(), null);
    Local forValue = new Local(value, held == null ? null : held.value(), null);
    if (fold.iterVar2().isEmpty()) {
      locals.put(fold.iterVar(), isList ? forValue : forKey);
    } else {
      locals.put(fold.iterVar(), forKey);
      locals.put(fold.iterVar2(), forValue);
    }
  }

  private void restore(Map<String, Local> saved) {
    locals.clear();
    locals.putAll(saved);
  }

  /** {@code cel.bind} and {@code optMap} are folds over nothing. */
  private static boolean isBinding(CelComprehension fold) {
    return fold.iterRange().getKind() == Kind.LIST
        && fold.iterRange().list().elements().isEmpty()
        && fold.loopCondition().getKind() == Kind.CONSTANT
        && fold.loopCondition().constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
        && !fold.loopCondition().constant().booleanValue();
  }

  private @Nullable DeclaredType originOf(CelExpr expr) {
    if (expr.getKind() == Kind.IDENT) {
      String name = expr.ident().name();
      Local local = locals.get(name);
      return local != null ? local.origin() : variables.get(name);
    }
    return origins.get(expr.id());
  }

  private void setOrigin(CelExpr expr, @Nullable DeclaredType origin) {
    if (origin != null) {
      origins.put(expr.id(), origin);
    }
  }

  private @Nullable Entries entriesOf(CelExpr expr) {
    Entries known = entries.get(expr.id());
    if (known != null || expr.getKind() != Kind.IDENT) {
      return known;
    }
    Local local = locals.get(expr.ident().name());
    return local == null ? null : local.entries();
  }

  private void setEntries(CelExpr expr, @Nullable Entries held) {
    if (held != null) {
      entries.put(expr.id(), held);
    }
  }

  @Override
  public Estimate size(CelExpr expr) {
    Estimate known = knownSize(expr);
    return known == null ? Estimate.UNKNOWN : known;
  }

  /** The size of an item of a list whose items are texts or bytes; none otherwise. */
  @Override
  public Optional<Estimate> textItems(CelExpr expr) {
    if (!(originOf(expr) instanceof DeclaredType.ListOf list)) {
      return Optional.empty();
    }
    return list.items() instanceof DeclaredType.Scalar scalar
            && (scalar.kind() == DeclaredType.Kind.STRING
                || scalar.kind() == DeclaredType.Kind.BYTES)
        ? Optional.of(new Estimate(0, scalar.maxElements()))
        : Optional.empty();
  }

  @Override
  public boolean isList(CelExpr expr) {
    return ast.getTypeOrThrow(expr.id()).kind() == CelKind.LIST;
  }

  private @Nullable Estimate knownSize(CelExpr expr) {
    Estimate known = sizes.get(expr.id());
    if (known != null) {
      return known;
    }
    Estimate literal = literalSize(expr);
    if (literal != null) {
      return literal;
    }
    DeclaredType origin = originOf(expr);
    if (origin != null) {
      return new Estimate(0, origin.maxElements());
    }
    if (isScalar(ast.getTypeOrThrow(expr.id()).kind())) {
      return Estimate.ONE;
    }
    Local local = expr.getKind() == Kind.IDENT ? locals.get(expr.ident().name()) : null;
    return local == null ? null : local.size();
  }

  private static @Nullable Estimate literalSize(CelExpr expr) {
    return switch (expr.getKind()) {
      case LIST -> Estimate.fixed(expr.list().elements().size());
      case MAP -> Estimate.fixed(expr.map().entries().size());
      case CONSTANT ->
          switch (expr.constant().getKind()) {
            case STRING_VALUE -> {
              String text = expr.constant().stringValue();
              yield Estimate.fixed(text.codePointCount(0, text.length()));
            }
            case BYTES_VALUE -> Estimate.fixed(expr.constant().bytesValue().size());
            default -> Estimate.ONE;
          };
      default -> null;
    };
  }

  private static boolean isScalar(CelKind kind) {
    return switch (kind) {
      case BOOL, INT, UINT, DOUBLE, NULL_TYPE, TIMESTAMP, DURATION, TYPE -> true;
      default -> false;
    };
  }

  /** The expressions a call is made with: first the one it is called on. */
  static List<CelExpr> arguments(CelCall call) {
    List<CelExpr> all = new ArrayList<>();
    call.target().ifPresent(all::add);
    all.addAll(call.args());
    return all;
  }
}
