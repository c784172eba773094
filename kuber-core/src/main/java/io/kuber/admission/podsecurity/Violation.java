package io.kuber.admission.podsecurity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a pod does not meet a standard.
 *
 * @param reason in short, the same for all pods
 * @param detail what in this pod
 */
record Violation(String reason, String detail) {
  static Optional<Violation> of(String reason, String detail) {
    return Optional.of(new Violation(reason, detail));
  }

  /** All reasons, for many pods at once. */
  static String reasons(List<Violation> violations) {
    return violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
  }

  /** All reasons and details, for one pod. */
  static String details(List<Violation> violations) {
    return violations.stream()
        .map(each -> each.reason() + " (" + each.detail() + ")")
        .collect(Collectors.joining(", "));
  }

  /** {@code container "a"} or {@code containers "a", "b"}. */
  static String containers(Collection<String> names) {
    return named("container", names);
  }

  /** A noun, in the plural for many, and their names. */
  static String named(String noun, Collection<String> names) {
    return plural(noun, names.size()) + " " + quoted(names);
  }

  static String plural(String noun, int count) {
    return count == 1 ? noun : noun + "s";
  }

  static String quoted(Collection<String> names) {
    return "\"" + String.join("\", \"", names) + "\"";
  }
}
