package io.kuber.cel;

import static io.kuber.cel.library.CallCost.AUTHORIZATION;
import static io.kuber.cel.library.CallCost.REGEX;
import static io.kuber.cel.library.CallCost.TRAVERSAL;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import java.util.List;
import java.util.Optional;

/**
 * What one call may cost and how large its result may be, from the sizes of its arguments
 * (apiserver, pkg/cel/library/cost.go; cel-go, checker/cost.go). The counterpart, for calls that
 * are made, is {@code CallCost}.
 */
final class CallEstimates {
  private static final Estimate ADDRESS = new Estimate(4, 16);

  private CallEstimates() {}

  /** What is known of sizes. */
  interface Sizes {
    /** The size of a value; {@link Estimate#UNKNOWN} where nothing is known. */
    Estimate size(CelExpr expr);

    /** The size of the items of a list of texts. */
    Optional<Estimate> textItems(CelExpr expr);

    /** Whether the value is a list. */
    boolean isList(CelExpr expr);
  }

  /**
   * An estimated call.
   *
   * @param cost without that of its arguments
   * @param size of its result, where it has one
   */
  record Call(Estimate cost, Optional<Estimate> size) {
    static Call of(Estimate cost) {
      return new Call(cost, Optional.empty());
    }
  }

  /** The estimate for one overload of a function. */
  static Call of(CelCall call, String id, Sizes sizes) {
    List<CelExpr> args = CostEstimator.arguments(call);
    if (args.isEmpty()) {
      return Call.of(Estimate.ONE);
    }
    Estimate first = sizes.size(args.get(0));
    Estimate second = args.size() > 1 ? sizes.size(args.get(1)) : Estimate.NONE;
    return switch (call.function()) {
      case "check" -> Call.of(Estimate.fixed(AUTHORIZATION));
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
          Call.of(traversal(args.get(0), first, sizes));
      case "url", "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" ->
          Call.of(first.scaled(TRAVERSAL));
      case "ip" -> Call.of(id.equals("cidr_ip") ? Estimate.ONE : first.scaled(TRAVERSAL));
      case "ip.isCanonical" -> Call.of(first.scaled(2 * TRAVERSAL));
      case "validate" -> Call.of(second.scaled(2 * TRAVERSAL));
      case "lowerAscii", "upperAscii", "substring", "trim", "reverse" ->
          new Call(first.scaled(TRAVERSAL), Optional.of(first));
      case "replace" -> replace(first, second, sizes.size(args.get(2)));
      case "split" ->
          new Call(first.scaled(2 * TRAVERSAL), Optional.of(new Estimate(0, first.max())));
      case "join" -> join(args, first, second, sizes);
      case "find", "findAll" ->
          new Call(regex(first, second), Optional.of(new Estimate(0, first.max())));
      case "matches" -> Call.of(regex(first, second));
      case "containsIP", "containsCIDR" -> Call.of(containment(call.function(), id, second));
      case "sets.contains", "sets.intersects" -> Call.of(first.times(second).plus(Estimate.ONE));
      case "sets.equivalent" ->
          Call.of(first.times(second).times(Estimate.fixed(2)).plus(Estimate.ONE));
      default -> standard(id, first, second);
    };
  }

  private static Call standard(String id, Estimate first, Estimate second) {
    return switch (id) {
      case "string_to_bytes" ->
          new Call(
              first.scaled(TRAVERSAL),
              Optional.of(new Estimate(first.min(), Estimate.product(first.max(), 4))));
      case "bytes_to_string" ->
          new Call(
              first.scaled(TRAVERSAL), Optional.of(new Estimate(first.min() / 4, first.max())));
      case "string_format" -> new Call(first.scaled(TRAVERSAL), Optional.of(Estimate.UNKNOWN));
      case "strings_quote" ->
          new Call(
              first.scaled(TRAVERSAL),
              Optional.of(first.times(new Estimate(1, 2)).plus(Estimate.fixed(2))));
      case "starts_with_string", "ends_with_string" -> Call.of(second.scaled(TRAVERSAL));
      case "in_list" -> Call.of(second);
      case "contains_string" -> Call.of(first.scaled(TRAVERSAL).times(second.scaled(TRAVERSAL)));
      case "add_string", "add_bytes" ->
          new Call(first.plus(second).scaled(TRAVERSAL), Optional.of(first.plus(second)));
      case "add_list" -> new Call(Estimate.ONE, Optional.of(first.plus(second)));
      case "less_string",
          "greater_string",
          "less_equals_string",
          "greater_equals_string",
          "less_bytes",
          "greater_bytes",
          "less_equals_bytes",
          "greater_equals_bytes",
          "equals",
          "not_equals" -> {
        long smaller = Math.min(first.max(), second.max());
        yield Call.of(new Estimate(smaller > 0 ? 1 : 0, smaller).scaled(TRAVERSAL));
      }
      default -> Call.of(Estimate.ONE);
    };
  }

  private static Estimate traversal(CelExpr target, Estimate size, Sizes sizes) {
    if (!sizes.isList(target)) {
      return size.scaled(TRAVERSAL);
    }
    Estimate item = Estimate.ONE;
    Optional<Estimate> text = sizes.textItems(target);
    return size.times(text.isPresent() ? item.plus(text.get().scaled(TRAVERSAL)) : item);
  }

  private static Estimate regex(Estimate text, Estimate pattern) {
    return text.plus(Estimate.ONE).scaled(TRAVERSAL).times(pattern.scaled(REGEX));
  }

  private static Call replace(Estimate text, Estimate old, Estimate other) {
    long kept = text.max();
    long count = 0;
    if (old.min() == 0) {
      count = Estimate.sum(text.max(), 1);
    } else if (other.max() > old.min()) {
      kept = 0;
      count = (long) Math.ceil((double) text.max() / old.min());
    }
    long most = Estimate.sum(Estimate.product(count, other.max()), kept);
    return new Call(text.scaled(2 * TRAVERSAL), Optional.of(new Estimate(0, most)));
  }

  private static Call join(List<CelExpr> args, Estimate list, Estimate separator, Sizes sizes) {
    Estimate size = sizes.textItems(args.get(0)).map(list::times).orElse(Estimate.NONE);
    if (args.size() > 1) {
      Estimate between = new Estimate(Math.max(0, list.min() - 1), Math.max(0, list.max() - 1));
      size = size.plus(separator.times(between));
    }
    return new Call(size.scaled(TRAVERSAL), Optional.of(size));
  }

  private static Estimate containment(String function, String id, Estimate other) {
    Estimate cost = ADDRESS.plus(ADDRESS).scaled(TRAVERSAL);
    if (function.equals("containsCIDR")) {
      cost = cost.plus(ADDRESS.scaled(TRAVERSAL)).plus(Estimate.ONE);
    }
    return id.endsWith("_string") ? cost.plus(other.scaled(TRAVERSAL)) : cost;
  }
}
