package io.kuber.reconcile;

import io.kuber.object.Tree;

/** Amounts that are a number or a percentage of another (apimachinery IntOrString). */
public final class Share {
  private Share() {}

  /**
   * The amount in a field, or {@code otherwise} where there is none, as a number out of {@code
   * total}; what is neither a number nor a percentage counts as zero.
   */
  public static long roundedUp(Tree tree, String field, Object otherwise, long total) {
    return (hundredths(tree, field, otherwise, total) + 99) / 100;
  }

  /** As {@link #roundedUp}, with what a percentage leaves over cut off. */
  public static long roundedDown(Tree tree, String field, Object otherwise, long total) {
    return hundredths(tree, field, otherwise, total) / 100;
  }

  private static long hundredths(Tree tree, String field, Object otherwise, long total) {
    Object given = tree.get(field);
    Object amount = given == null ? otherwise : given;
    if (amount instanceof Number number) {
      return number.longValue() * 100;
    }
    return amount instanceof String text && text.matches("[0-9]{1,9}%")
        ? Long.parseLong(text.substring(0, text.length() - 1)) * total
        : 0;
  }
}
