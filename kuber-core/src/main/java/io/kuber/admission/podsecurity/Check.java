package io.kuber.admission.podsecurity;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One check of a standard.
 *
 * @param id as upstream names it; checks are made in the order of these names
 * @param level from which on it is made
 * @param instead the baseline's check that this stricter one makes needless, or empty
 * @param versions what it does from a minor version on
 */
record Check(String id, Level level, String instead, NavigableMap<Integer, Rule> versions) {
  /** What a check does. */
  @FunctionalInterface
  interface Rule {
    Optional<Violation> check(PodView pod);

    /** This rule, but not for pods that run Windows, whose containers have no such thing. */
    default Rule onLinux() {
      return pod -> pod.isWindows() ? Optional.empty() : check(pod);
    }

    /** This rule, but not for pods whose root is nobody on the host. */
    default Rule withHostUsers() {
      return pod -> pod.hasOwnUsers() ? Optional.empty() : check(pod);
    }
  }

  static Check baseline(String id, Map<Integer, Rule> versions) {
    return new Check(id, Level.BASELINE, "", new TreeMap<>(versions));
  }

  static Check restricted(String id, Map<Integer, Rule> versions) {
    return new Check(id, Level.RESTRICTED, "", new TreeMap<>(versions));
  }

  Check insteadOf(String other) {
    return new Check(id, level, other, versions);
  }

  /** What it does in a version; empty before it came to be. */
  Optional<Rule> in(StandardVersion version) {
    return Optional.ofNullable(versions.floorEntry(version.minor())).map(Map.Entry::getValue);
  }
}
