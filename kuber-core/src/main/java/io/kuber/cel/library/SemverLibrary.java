package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.value.CelFailure;
import java.util.List;

/** Versions (apiserver, pkg/cel/library/semverlib.go, version 1). */
final class SemverLibrary {
  private SemverLibrary() {}

  static List<Overload> overloads() {
    String one = "kubernetes.Semver -> int";
    String two = "kubernetes.Semver, kubernetes.Semver -> ";
    return List.of(
        global(
            "semver",
            "string_to_semver",
            "string -> kubernetes.Semver",
            (args, m) -> parse((String) args[0])),
        global(
            "semver",
            "string_bool_to_semver",
            "string, bool -> kubernetes.Semver",
            (args, m) -> parse(normalised(args))),
        global(
            "isSemver",
            "is_semver_string",
            "string -> bool",
            (args, m) -> Semver.parse((String) args[0]).isPresent()),
        global(
            "isSemver",
            "is_semver_string_bool",
            "string, bool -> bool",
            (args, m) -> Semver.parse(normalised(args)).isPresent()),
        member(
            "isGreaterThan",
            "semver_is_greater_than",
            two + "bool",
            (args, m) -> compare(args) > 0),
        member("isLessThan", "semver_is_less_than", two + "bool", (args, m) -> compare(args) < 0),
        member("compareTo", "semver_compare_to", two + "int", (args, m) -> (long) compare(args)),
        member("major", "semver_major", one, (args, m) -> ((Semver) args[0]).major()),
        member("minor", "semver_minor", one, (args, m) -> ((Semver) args[0]).minor()),
        member("patch", "semver_patch", one, (args, m) -> ((Semver) args[0]).patch()));
  }

  private static String normalised(Object[] args) {
    String text = (String) args[0];
    return (Boolean) args[1] ? Semver.normalised(text) : text;
  }

  private static Semver parse(String text) {
    return Semver.parse(text)
        .orElseThrow(
            () -> new CelFailure("Semver parse error during conversion from string: " + text));
  }

  private static int compare(Object[] args) {
    return ((Semver) args[0]).compareTo((Semver) args[1]);
  }
}
