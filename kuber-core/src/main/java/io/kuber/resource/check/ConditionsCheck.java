package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The conditions of meta/v1 (apimachinery, pkg/apis/meta/v1/validation). */
public final class ConditionsCheck {
  private static final List<String> STATUSES = List.of("False", "True", "Unknown");
  private static final int MAX_REASON = 1 << 10;
  private static final int MAX_MESSAGE = 32 << 10;
  private static final String REASON = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
  private static final Pattern REASON_PATTERN = Pattern.compile(REASON);

  private ConditionsCheck() {}

  /**
   * Reports what is wrong with the conditions of a status.
   *
   * @param field the list of conditions
   */
  public static void check(FieldPath field, Tree status, Problems problems) {
    List<Tree> conditions = status.items("conditions").trees();
    Set<String> types = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      String type = conditions.get(i).text("type");
      if (!types.add(type)) {
        problems.duplicate(field.index(i).child("type"), type);
      }
      checkOne(field.index(i), conditions.get(i), problems);
    }
  }

  private static void checkOne(FieldPath field, Tree condition, Problems problems) {
    Names.checkKey(field.child("type"), condition.text("type"), problems);
    Texts.checkOneOf(field, condition, "status", STATUSES, problems);
    long generation = condition.number(0, "observedGeneration");
    if (generation < 0) {
      problems.invalid(
          field.child("observedGeneration"), generation, "must be greater than or equal to zero");
    }
    if (condition.text("lastTransitionTime").isEmpty()) {
      problems.required(field.child("lastTransitionTime"), "must be set");
    }
    checkReason(field.child("reason"), condition.text("reason"), problems);
    if (condition.text("message").length() > MAX_MESSAGE) {
      problems.tooLong(field.child("message"), MAX_MESSAGE);
    }
  }

  private static void checkReason(FieldPath field, String reason, Problems problems) {
    if (reason.isEmpty()) {
      problems.required(field, "must be set");
      return;
    }
    if (!REASON_PATTERN.matcher(reason).matches()) {
      problems.invalid(
          field,
          reason,
          "a condition reason must start with alphabetic character, optionally followed by a string"
              + " of alphanumeric characters or '_,:', and must end with an alphanumeric character"
              + " or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or"
              + " 'ReasonA:ReasonB', regex used for validation is '"
              + REASON
              + "')");
    }
    if (reason.length() > MAX_REASON) {
      problems.tooLong(field, MAX_REASON);
    }
  }
}
