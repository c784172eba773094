package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Opaque;
import io.kuber.object.Quantity;
import java.math.BigDecimal;
import java.util.List;

/** Quantities (apiserver, pkg/cel/library/quantity.go). */
final class QuantityLibrary {
  private static final String TYPE = "kubernetes.Quantity";

  private QuantityLibrary() {}

  /** A quantity. */
  private record Amount(Quantity quantity) implements Opaque {
    @Override
    public String typeName() {
      return TYPE;
    }
  }

  static List<Overload> overloads() {
    String two = "kubernetes.Quantity, kubernetes.Quantity -> ";
    String one = "kubernetes.Quantity -> ";
    return List.of(
        global(
            "quantity",
            "string_to_quantity",
            "string -> kubernetes.Quantity",
            (args, m) -> parse((String) args[0])),
        global(
            "isQuantity",
            "is_quantity_string",
            "string -> bool",
            (args, m) -> isQuantity((String) args[0])),
        member("sign", "quantity_sign", one + "int", (args, m) -> (long) amount(args[0]).signum()),
        member(
            "isGreaterThan",
            "quantity_is_greater_than",
            two + "bool",
            (args, m) -> compare(args) > 0),
        member("isLessThan", "quantity_is_less_than", two + "bool", (args, m) -> compare(args) < 0),
        member("compareTo", "quantity_compare_to", two + "int", (args, m) -> (long) compare(args)),
        member(
            "asApproximateFloat",
            "quantity_get_float",
            one + "double",
            (args, m) -> number(args).doubleValue()),
        member("asInteger", "quantity_get_int", one + "int", (args, m) -> asInteger(args)),
        member("isInteger", "quantity_is_integer", one + "bool", (args, m) -> isInteger(args)),
        member(
            "add",
            "quantity_add",
            two + TYPE,
            (args, m) -> new Amount(amount(args[0]).plus(amount(args[1])))),
        member(
            "add",
            "quantity_add_int",
            "kubernetes.Quantity, int -> kubernetes.Quantity",
            (args, m) -> new Amount(amount(args[0]).plus(Quantity.of((long) (Long) args[1])))),
        member(
            "sub",
            "quantity_sub",
            two + TYPE,
            (args, m) -> new Amount(amount(args[0]).minus(amount(args[1])))),
        member(
            "sub",
            "quantity_sub_int",
            "kubernetes.Quantity, int -> kubernetes.Quantity",
            (args, m) -> new Amount(amount(args[0]).minus(Quantity.of((long) (Long) args[1])))));
  }

  private static Amount parse(String text) {
    try {
      return new Amount(Quantity.parse(text));
    } catch (IllegalArgumentException wrong) {
      throw new CelFailure(String.valueOf(wrong.getMessage()));
    }
  }

  private static boolean isQuantity(String text) {
    try {
      parse(text);
      return true;
    } catch (CelFailure wrong) {
      return false;
    }
  }

  private static Quantity amount(Object value) {
    return ((Amount) value).quantity();
  }

  private static BigDecimal number(Object[] args) {
    return amount(args[0]).number();
  }

  private static int compare(Object[] args) {
    return amount(args[0]).compareTo(amount(args[1]));
  }

  private static boolean isInteger(Object[] args) {
    BigDecimal number = number(args).stripTrailingZeros();
    return number.scale() <= 0 && number.toBigInteger().bitLength() < Long.SIZE;
  }

  private static Object asInteger(Object[] args) {
    if (!isInteger(args)) {
      throw new CelFailure("cannot convert value to integer");
    }
    return number(args).longValueExact();
  }
}
