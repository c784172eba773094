package io.kuber.cel;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Adds up what the rules of one schema may cost, and refuses what is too much. */
final class SchemaCost {
  /** The most expensive rules are named when the sum is too much. */
  private static final int NAMED = 4;

  /** A rule that costs less than a hundredth of the limit is not what makes the sum too much. */
  private static final long NAMED_FROM = CelLimits.ESTIMATED_SCHEMA / 100;

  private static final double MANY_TIMES = 100;
  private static final double BARELY = 1.5;

  private final List<Expensive> found = new ArrayList<>();
  private long total;

  private record Expensive(FieldPath path, long cost) {}

  /** Adds an expression, and reports it when it is too much by itself. */
  void add(FieldPath path, String name, long cost, Problems problems) {
    if (cost > CelLimits.ESTIMATED_RULE) {
      problems.forbidden(path, message(name, cost, CelLimits.ESTIMATED_RULE));
    }
    total = Estimate.sum(total, cost);
    found.add(new Expensive(path, cost));
  }

  /** Reports when all together are too much. */
  void checkTotal(FieldPath schema, Problems problems) {
    if (total <= CelLimits.ESTIMATED_SCHEMA) {
      return;
    }
    found.stream()
        .filter(expensive -> expensive.cost() >= NAMED_FROM)
        .sorted(Comparator.comparingLong(Expensive::cost).reversed())
        .limit(NAMED)
        .forEach(
            expensive ->
                problems.forbidden(
                    expensive.path(),
                    "contributed to estimated rule cost total exceeding cost limit for entire"
                        + " OpenAPIv3 schema"));
    problems.forbidden(
        schema,
        message(
            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
            total,
            CelLimits.ESTIMATED_SCHEMA));
  }

  private static String message(String name, long cost, long limit) {
    double factor = (double) cost / limit;
    String times =
        factor > MANY_TIMES
            ? "more than 100x"
            : String.format(Locale.ROOT, factor < BARELY ? "%fx" : "%.1fx", factor);
    return name
        + " exceeds budget by factor of "
        + times
        + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
        + " arrays, maps, and strings are declared)";
  }
}
