package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;

/** Numbers, ports, and texts of which only some are known. */
public final class Numbers {
  private static final long MAX_PORT = 65535;

  private Numbers() {}

  /** Reports the field unless it is missing or zero or more. */
  public static void checkNotNegative(FieldPath path, Tree tree, String name, Problems problems) {
    checkAtLeast(path, tree, name, 0, problems);
  }

  /** Reports the field unless it is missing or {@code least} or more. */
  public static void checkAtLeast(
      FieldPath path, Tree tree, String name, long least, Problems problems) {
    long value = tree.number(least, name);
    if (value < least) {
      String bound = least == 1 ? "greater than 0" : "greater than or equal to " + least;
      problems.invalid(path.child(name), value, "must be " + bound);
    }
  }

  /** Reports the field unless it is missing or a count of seconds that is neither zero nor huge. */
  public static void checkDeadline(FieldPath path, Tree tree, String name, Problems problems) {
    long value = tree.number(1, name);
    if (value < 1 || value > Integer.MAX_VALUE) {
      problems.invalid(
          path.child(name), value, "must be between 1 and " + Integer.MAX_VALUE + ", inclusive");
    }
  }

  /** Reports a number that is no port. */
  public static void checkPort(FieldPath field, long port, Problems problems) {
    if (port < 1 || port > MAX_PORT) {
      problems.invalid(field, port, "must be between 1 and 65535, inclusive");
    }
  }

  /** Reports a port that is given by number or by name, when it is neither. */
  public static void checkPortOrName(FieldPath field, Object port, Problems problems) {
    if (port instanceof Number number) {
      checkPort(field, number.longValue(), problems);
    } else {
      checkPortName(field, port.toString(), problems);
    }
  }

  /** Reports a text that is no name of a port (RFC 6335). */
  public static void checkPortName(FieldPath field, String name, Problems problems) {
    if (name.length() > 15) {
      problems.invalid(field, name, "must be no more than 15 bytes");
    }
    if (!name.matches("[-a-z0-9]+")) {
      problems.invalid(
          field, name, "must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!name.matches(".*[a-z].*")) {
      problems.invalid(field, name, "must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      problems.invalid(field, name, "must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      problems.invalid(field, name, "must not begin or end with a hyphen");
    }
  }

  /** Reports a text that is none of those there are; a missing one is no problem. */
  public static void checkOneOf(
      FieldPath path, Tree tree, String name, List<String> supported, Problems problems) {
    String value = tree.text(name);
    if (!value.isEmpty() && !supported.contains(value)) {
      problems.notSupported(path.child(name), value, supported);
    }
  }
}
