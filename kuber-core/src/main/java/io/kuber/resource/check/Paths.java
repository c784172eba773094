package io.kuber.resource.check;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.Arrays;

/** Paths of files, which must not lead out of where they belong. */
public final class Paths {
  private Paths() {}

  /** Reports a path with an element {@code ..}. */
  public static void checkNoBacksteps(FieldPath field, String path, Problems problems) {
    if (hasBackstep(path)) {
      problems.invalid(field, path, "must not contain '..'");
    }
  }

  /** Reports a path that is absolute or has an element {@code ..}. */
  public static void checkDescending(FieldPath field, String path, Problems problems) {
    if (path.startsWith("/")) {
      problems.invalid(field, path, "must be a relative path");
    }
    checkNoBacksteps(field, path, problems);
  }

  /** Reports a path that leads elsewhere, or begins as what the node keeps to itself. */
  public static void checkLocal(FieldPath field, String path, Problems problems) {
    checkDescending(field, path, problems);
    if (path.startsWith("..") && !path.startsWith("../")) {
      problems.invalid(field, path, "must not start with '..'");
    }
  }

  /** Whether the path has an element {@code ..}. */
  public static boolean hasBackstep(String path) {
    return Arrays.asList(path.split("/", -1)).contains("..");
  }
}
