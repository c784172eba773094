package io.kuber.cel.library;

import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.Opaque;
import java.util.List;
import java.util.Map;

/**
 * What calls cost when they are made (cel-go, interpreter/runtimecost.go; apiserver,
 * pkg/cel/library/cost.go). One unit is about fifty nanoseconds.
 */
@FunctionalInterface
public interface CallCost {
  /** What going through one character costs. */
  double TRAVERSAL = 0.1;

  /** What one character of a regular expression costs. */
  double REGEX = 0.25;

  /** What asking the authorizer costs: two questions in one expression. */
  long AUTHORIZATION = 350_000;

  /** The cost of a call that was made. */
  long of(Object[] args, Object result);

  /** The rule for a function. */
  static CallCost named(String function) {
    return switch (function) {
      case "check" -> (args, result) -> AUTHORIZATION;
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
          (args, result) -> traversal(args[0]);
      case "url",
          "lowerAscii",
          "upperAscii",
          "substring",
          "trim",
          "cidr",
          "isIP",
          "isCIDR",
          "quantity",
          "isQuantity",
          "semver",
          "isSemver",
          "strings.quote",
          "format",
          "reverse" ->
          (args, result) -> scaled(size(args[0]), TRAVERSAL);
      case "ip" -> (args, result) -> args[0] instanceof Cidr ? 1 : scaled(size(args[0]), TRAVERSAL);
      case "replace", "split", "ip.isCanonical" ->
          (args, result) -> scaled(size(args[0]), 2 * TRAVERSAL);
      case "join" -> (args, result) -> scaled(size(result), 2 * TRAVERSAL);
      case "find", "findAll", "matches" ->
          (args, result) -> scaled(1 + size(args[0]), TRAVERSAL) * scaled(size(args[1]), REGEX);
      case "contains" ->
          (args, result) -> scaled(size(args[0]), TRAVERSAL) * scaled(size(args[1]), TRAVERSAL);
      case "containsIP", "containsCIDR" -> (args, result) -> containment(function, args);
      case "validate" -> (args, result) -> scaled(size(args[1]), 2 * TRAVERSAL);
      case "sets.contains", "sets.intersects" ->
          (args, result) -> 1 + size(args[0]) * size(args[1]);
      case "sets.equivalent" -> (args, result) -> 1 + 2 * size(args[0]) * size(args[1]);
      default -> standard(function);
    };
  }

  private static CallCost standard(String function) {
    return switch (function) {
      case "startsWith", "endsWith" -> (args, result) -> scaled(size(args[1]), TRAVERSAL);
      case "@in", "_in_" -> (args, result) -> args[1] instanceof List ? size(args[1]) : 1;
      case "_==_", "_!=_" ->
          (args, result) -> scaled(Math.min(size(args[0]), size(args[1])), TRAVERSAL);
      case "_<_", "_<=_", "_>_", "_>=_" ->
          (args, result) ->
              isText(args[0]) ? scaled(Math.min(size(args[0]), size(args[1])), TRAVERSAL) : 1;
      case "_+_" ->
          (args, result) -> isText(args[0]) ? scaled(size(args[0]) + size(args[1]), TRAVERSAL) : 1;
      case "string", "bytes" ->
          (args, result) ->
              args[0] instanceof Bytes || result instanceof Bytes
                  ? scaled(size(args[0]), TRAVERSAL)
                  : 1;
      default -> (args, result) -> 1;
    };
  }

  /** A size times a factor, rounded up. */
  static long scaled(long size, double factor) {
    return (long) Math.ceil(size * factor);
  }

  /** The size of a value that costs are reckoned by. */
  static long size(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof Bytes bytes) {
      return bytes.size();
    }
    return value instanceof Opaque opaque ? opaque.costSize() : 1;
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof Bytes;
  }

  /** One for each item, and the length of its text. */
  private static long traversal(Object value) {
    if (!(value instanceof List<?> list)) {
      return scaled(size(value), TRAVERSAL);
    }
    long cost = 0;
    for (Object item : list) {
      cost += isText(item) ? 1 + scaled(size(item), TRAVERSAL) : 1;
    }
    return cost;
  }

  private static long containment(String function, Object[] args) {
    long block = size(args[0]);
    long cost = scaled(2 * block, TRAVERSAL);
    if (function.equals("containsCIDR")) {
      cost += scaled(block, TRAVERSAL) + 1;
    }
    return args[1] instanceof String ? cost + scaled(size(args[1]), TRAVERSAL) : cost;
  }
}
