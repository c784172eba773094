package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.api.StatusReason;
import io.kuber.http.Query;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.Verb;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whether the parameters of a query make sense (k8s.io/apimachinery, pkg/apis/meta/v1/validation).
 */
final class OptionsCheck {
  /** The longest name of a field manager, in bytes. */
  private static final int MAX_MANAGER = 128;

  private static final List<String> VALIDATIONS = List.of("", "Ignore", "Strict", "Warn");

  private OptionsCheck() {}

  /** Throws Invalid, with a cause for each parameter that has a value it may not have. */
  static void check(Verb verb, Query query) {
    Problems problems = new Problems();
    switch (verb) {
      case CREATE, UPDATE, PATCH -> {
        checkManager(query, problems);
        checkDryRun(query, problems);
        checkValidation(query, problems);
      }
      case DELETE, DELETE_COLLECTION -> {
        checkPropagation(query, problems);
        checkDryRun(query, problems);
        checkNotNegative(query, "limit", problems);
      }
      case LIST, WATCH -> {
        checkNotNegative(query, "limit", problems);
        checkNotNegative(query, "timeoutSeconds", problems);
      }
      case GET -> {}
    }
    if (!problems.isEmpty()) {
      throw Failures.invalidOptions(kind(verb), problems.found());
    }
  }

  private static String kind(Verb verb) {
    return switch (verb) {
      case CREATE -> "CreateOptions";
      case UPDATE -> "UpdateOptions";
      case PATCH -> "PatchOptions";
      case DELETE, DELETE_COLLECTION -> "DeleteOptions";
      case GET, LIST, WATCH -> "ListOptions";
    };
  }

  private static void checkDryRun(Query query, Problems problems) {
    for (String value : query.all("dryRun")) {
      if (!value.isEmpty() && !value.equals("All")) {
        problems.notSupported(field("dryRun"), value, List.of("All"));
      }
    }
  }

  private static void checkValidation(Query query, Problems problems) {
    String value = query.first("fieldValidation").orElse("");
    if (!VALIDATIONS.contains(value)) {
      problems.notSupported(field("fieldValidation"), value, VALIDATIONS);
    }
  }

  private static void checkManager(Query query, Problems problems) {
    String manager = query.first("fieldManager").orElse("");
    if (manager.getBytes(StandardCharsets.UTF_8).length > MAX_MANAGER) {
      problems.tooLong(field("fieldManager"), MAX_MANAGER);
    } else if (!manager.equals(manager(manager))) {
      problems.invalid(field("fieldManager"), manager, "should only contain printable characters");
    }
  }

  private static void checkPropagation(Query query, Problems problems) {
    String policy = query.first("propagationPolicy").orElse("");
    if (!policy.isEmpty() && query.has("orphanDependents")) {
      problems.invalid(
          field("propagationPolicy"),
          policy,
          "orphanDependents and deletionPropagation cannot be both set");
    }
  }

  /** Upstream takes any negative number for none; it is more likely a mistake of the client. */
  private static void checkNotNegative(Query query, String name, Problems problems) {
    String value = query.first(name).orElse("");
    if (!value.isEmpty() && number(name, value) < 0) {
      problems.invalid(field(name), number(name, value), "must be greater than or equal to 0");
    }
  }

  /** What of a text may stand in the name of a manager: printable characters, and not too many. */
  static String manager(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .filter(point -> Character.isDefined(point) && !Character.isISOControl(point))
        .forEach(printable::appendCodePoint);
    return printable.substring(0, Math.min(MAX_MANAGER, printable.length()));
  }

  /** A whole number, in the words of Go when it is none. */
  static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      String why = isHuge(value) ? "value out of range" : "invalid syntax";
      throw new ApiException(
          StatusReason.BAD_REQUEST, name + ": strconv.ParseInt: parsing \"" + value + "\": " + why);
    }
  }

  private static boolean isHuge(String value) {
    return value.matches("[+-]?[0-9]{19,}");
  }

  private static FieldPath field(String name) {
    return FieldPath.ROOT.child(name);
  }
}
