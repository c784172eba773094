package io.kuber.testkit.history;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.Optional;

/**
 * One field that is not the same in two states of an object.
 *
 * @param path such as {@code spec.containers[name=web].image}
 * @param before its value; empty where there was none
 * @param after its value; empty where there is none any more
 */
public record Difference(String path, Optional<Object> before, Optional<Object> after) {
  /** Longer values are cut; the field itself has the rest. */
  private static final int MAX_TEXT = 120;

  /** A value as people read it, cut where it is long. */
  public static String shown(Object value) {
    String text =
        value instanceof Tree || value instanceof Items || value == Nil.NIL
            ? value.toString()
            : String.valueOf(value);
    String line = text.replace("\n", "\\n");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
  }

  /** {@code spec.replicas 2 -> 3}. */
  @Override
  public String toString() {
    return path
        + before.map(value -> " " + shown(value)).orElse("")
        + " -> "
        + after.map(Difference::shown).orElse("(gone)");
  }
}
