package io.kuber.resource.check;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Quantities inside objects. */
public final class Amounts {
  private Amounts() {}

  /** The amounts of a tree by name, in the order of the names; those that are none are left out. */
  public static Map<String, Quantity> of(Tree amounts) {
    Map<String, Quantity> known = new TreeMap<>();
    amounts.forEach((name, value) -> of(value).ifPresent(amount -> known.put(name, amount)));
    return known;
  }

  /** The quantity that a value in a tree means. */
  public static Optional<Quantity> of(Object value) {
    try {
      return Optional.of(Quantity.of(value));
    } catch (IllegalArgumentException noQuantity) {
      return Optional.empty();
    }
  }

  /** Reports an amount that is none, is negative, or would have to be whole and is not. */
  public static void check(FieldPath field, String name, Object value, Problems problems) {
    Optional<Quantity> amount = of(value);
    if (amount.isEmpty()) {
      problems.invalid(field, value.toString(), Quantity.SYNTAX);
      return;
    }
    if (amount.get().signum() < 0) {
      problems.invalid(field, amount.get().toString(), "must be greater than or equal to 0");
    }
    boolean whole = amount.get().equals(Quantity.of(amount.get().value()));
    if (ResourceNames.isCounted(name) && !whole) {
      problems.invalid(field, amount.get().toString(), "must be an integer");
    }
  }

  /** Reports an amount that is none, or is not more than nothing. */
  public static void checkPositive(FieldPath field, Object value, Problems problems) {
    Optional<Quantity> amount = of(value);
    if (amount.isEmpty()) {
      problems.invalid(field, value.toString(), Quantity.SYNTAX);
    } else if (amount.get().signum() <= 0) {
      problems.invalid(field, amount.get().toString(), "must be greater than zero");
    }
  }
}
