package io.kuber.cel.library;

import com.google.common.collect.ImmutableMap;
import io.kuber.cel.library.Overload.Body;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of the CEL standard, and those of its optional values, by name. */
public final class StandardFunctions {
  private static final ImmutableMap<String, Body> ALL =
      ImmutableMap.<String, Body>builder()
          .putAll(Arithmetic.functions())
          .putAll(Relations.functions())
          .putAll(Containers.functions())
          .putAll(Conversions.functions())
          .putAll(Times.functions())
          .putAll(Optionals.functions())
          .buildOrThrow();

  private StandardFunctions() {}

  /** What the function does, or null where there is none of this name. */
  public static @Nullable Body named(String function) {
    return ALL.get(function);
  }

  /** All of them. */
  static Map<String, Body> all() {
    return ALL;
  }
}
