package io.kuber.cel.library;

import com.google.common.collect.ImmutableList;
import io.kuber.cel.value.Meter;

/**
 * One function for one list of types.
 *
 * @param function the name that expressions call
 * @param id tells it from others of the name; as cel-go and Kubernetes have it
 * @param isMember whether it is called on its first argument: {@code text.find(pattern)}
 * @param arguments the types of its arguments, the one it is called on included
 * @param result the type of what it gives
 * @param body what it does
 */
public record Overload(
    String function,
    String id,
    boolean isMember,
    ImmutableList<TypeSpec> arguments,
    TypeSpec result,
    Body body) {

  /** What a function does with its arguments. */
  @FunctionalInterface
  public interface Body {
    /** The result; fails with a {@code CelFailure}, and counts work that its cost does not show. */
    Object apply(Object[] arguments, Meter meter);
  }

  /** A function that is called on its first argument. */
  static Overload member(String function, String id, String types, Body body) {
    return of(function, id, true, types, body);
  }

  /** A function that is called by its name alone. */
  static Overload global(String function, String id, String types, Body body) {
    return of(function, id, false, types, body);
  }

  private static Overload of(
      String function, String id, boolean isMember, String types, Body body) {
    int arrow = types.indexOf("->");
    return new Overload(
        function,
        id,
        isMember,
        TypeSpec.parseAll(types.substring(0, arrow)),
        TypeSpec.parse(types.substring(arrow + 2)),
        body);
  }

  /** Whether the arguments are of the types it takes. */
  public boolean accepts(Object[] values) {
    if (values.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!arguments.get(i).accepts(values[i])) {
        return false;
      }
    }
    return true;
  }
}
