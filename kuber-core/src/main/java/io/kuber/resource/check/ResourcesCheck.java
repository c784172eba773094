package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.Quantity;
import org.jspecify.annotations.Nullable;

/** What containers ask for and may use: amounts, and requests within limits. */
public final class ResourcesCheck {
  private ResourcesCheck() {}

  /** Reports what is wrong with {@code resources} of a container. */
  public static void check(FieldPath path, Tree resources, Problems problems) {
    checkAmounts(path.child("limits"), resources.tree("limits"), problems);
    checkAmounts(path.child("requests"), resources.tree("requests"), problems);
    Tree limits = resources.tree("limits");
    resources
        .tree("requests")
        .forEach((name, value) -> checkWithin(path, name, value, limits.get(name), problems));
  }

  private static void checkAmounts(FieldPath path, Tree amounts, Problems problems) {
    amounts.forEach(
        (name, value) -> {
          Names.checkKey(path.key(name), name, problems);
          Quantity amount = parsed(path.key(name), value, problems);
          if (amount != null && amount.signum() < 0) {
            problems.invalid(
                path.key(name), value.toString(), "must be greater than or equal to 0");
          }
        });
  }

  private static void checkWithin(
      FieldPath path, String name, Object request, @Nullable Object limit, Problems problems) {
    Problems known = new Problems();
    Quantity asked = parsed(path, request, known);
    Quantity most = limit == null ? null : parsed(path, limit, known);
    if (asked != null && most != null && asked.compareTo(most) > 0) {
      problems.invalid(
          path.child("requests"),
          asked.toString(),
          "must be less than or equal to " + name + " limit of " + most);
    }
  }

  private static @Nullable Quantity parsed(FieldPath field, Object value, Problems problems) {
    try {
      return Quantity.of(value);
    } catch (IllegalArgumentException noQuantity) {
      problems.invalid(field, value.toString(), Quantity.SYNTAX);
      return null;
    }
  }
}
