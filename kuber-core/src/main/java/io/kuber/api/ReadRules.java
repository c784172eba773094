package io.kuber.api;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;
import java.util.function.BiConsumer;

/** What list and watch may ask for together (apimachinery, internalversion/validation). */
final class ReadRules {
  static final String EXACT = "Exact";
  static final String NOT_OLDER_THAN = "NotOlderThan";

  private static final FieldPath MATCH = FieldPath.ROOT.child("resourceVersionMatch");
  private static final FieldPath INITIAL = FieldPath.ROOT.child("sendInitialEvents");

  private ReadRules() {}

  static void checkList(ReadOptions read) {
    check(read, ReadRules::checkList);
    if (!read.continueToken().isEmpty()
        && !read.resourceVersion().isEmpty()
        && !read.resourceVersion().equals("0")) {
      throw Failures.badRequest("specifying resource version is not allowed when using continue");
    }
  }

  private static void checkList(ReadOptions read, Problems problems) {
    if (read.sendInitialEvents() != null) {
      problems.forbidden(INITIAL, "sendInitialEvents is forbidden for list");
    }
    String match = read.resourceVersionMatch();
    if (match.isEmpty()) {
      return;
    }
    if (!read.continueToken().isEmpty()) {
      problems.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
    }
    if (read.resourceVersion().isEmpty()) {
      problems.forbidden(
          MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
      problems.notSupported(MATCH, match, List.of(EXACT, NOT_OLDER_THAN, ""));
    }
    if (match.equals(EXACT) && read.resourceVersion().equals("0")) {
      problems.forbidden(
          MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
  }

  static void checkWatch(ReadOptions read) {
    check(read, ReadRules::checkWatch);
  }

  private static void checkWatch(ReadOptions read, Problems problems) {
    String match = read.resourceVersionMatch();
    if (read.sendInitialEvents() != null) {
      if (match.isEmpty()) {
        problems.forbidden(
            MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
      } else if (!match.equals(NOT_OLDER_THAN)) {
        problems.notSupported(MATCH, match, List.of(NOT_OLDER_THAN));
      }
    } else if (!match.isEmpty()) {
      problems.forbidden(
          MATCH,
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
    if (!read.continueToken().isEmpty()) {
      problems.forbidden(FieldPath.ROOT.child("continue"), "continue is forbidden for watch");
    }
  }

  private static void check(ReadOptions read, BiConsumer<ReadOptions, Problems> rules) {
    Problems problems = new Problems();
    rules.accept(read, problems);
    if (!problems.isEmpty()) {
      throw Failures.invalidOptions("ListOptions", problems.found());
    }
  }

  /** The page asked for is of a revision that is gone; the token goes on without consistency. */
  static ApiException expiredToken(String inconsistentToken) {
    return Failures.expired(
        "The provided continue parameter is too old to display a consistent list result. You can"
            + " start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided"
            + " token results in an inconsistent list - objects that were created, modified, or"
            + " deleted between the time the first chunk was returned and now may show up in the"
            + " list.",
        inconsistentToken);
  }
}
