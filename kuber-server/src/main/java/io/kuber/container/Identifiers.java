package io.kuber.container;

import java.util.regex.Pattern;

/** Names become directories and control groups, so they must not wander. */
final class Identifiers {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,199}");

  private Identifiers() {}

  static void check(String id) {
    if (!ALLOWED.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'" + id + "' cannot name a sandbox or container: it must match " + ALLOWED);
    }
  }
}
