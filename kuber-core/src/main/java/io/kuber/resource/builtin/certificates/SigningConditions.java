package io.kuber.resource.builtin.certificates;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Texts;
import java.util.ArrayList;
import java.util.List;

/** What became of a wish for a certificate (pkg/apis/certificates/validation). */
final class SigningConditions {
  private static final FieldPath CONDITIONS = FieldPath.ROOT.child("status", "conditions");
  private static final List<String> FINAL = List.of("Approved", "Denied", "Failed");
  private static final List<String> OF_APPROVAL = List.of("Approved", "Denied");

  private SigningConditions() {}

  /** What the column says: the decision, then whether there is a certificate. */
  static String summary(Tree status) {
    String decision =
        has(status, "Denied") ? "Denied" : has(status, "Approved") ? "Approved" : "Pending";
    return decision
        + (has(status, "Failed") ? ",Failed" : "")
        + (status.text("certificate").isEmpty() ? "" : ",Issued");
  }

  private static boolean has(Tree status, String type) {
    return !ofType(status, type).isEmpty();
  }

  private static List<Tree> ofType(Tree status, String type) {
    return status.items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals(type))
        .toList();
  }

  static void check(Tree status, Problems problems) {
    List<Tree> conditions = status.items("conditions").trees();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      FieldPath field = CONDITIONS.index(i);
      String type = conditions.get(i).text("type");
      Texts.checkSet(field, conditions.get(i), "type", problems);
      checkStatus(field, conditions.get(i), type, problems);
      boolean contradicts =
          OF_APPROVAL.contains(type)
              && seen.stream().anyMatch(t -> OF_APPROVAL.contains(t) && !t.equals(type));
      if (contradicts) {
        problems.invalid(
            field.child("type"), type, "Approved and Denied conditions are mutually exclusive");
      }
      if (seen.contains(type)) {
        problems.duplicate(field.child("type"), type);
      }
      seen.add(type);
    }
  }

  private static void checkStatus(FieldPath field, Tree condition, String type, Problems problems) {
    List<String> allowed =
        FINAL.contains(type) ? List.of("True") : List.of("False", "True", "Unknown");
    if (condition.text("status").isEmpty()) {
      problems.required(field.child("status"), "");
    } else {
      Texts.checkOneOf(field, condition, "status", allowed, problems);
    }
  }

  /** Decisions stay; people make theirs through the approval, signers theirs through the status. */
  static void checkUpdate(Tree updated, Tree old, boolean approves, Problems problems) {
    for (String type : FINAL) {
      List<Tree> before = ofType(old, type);
      List<Tree> after = ofType(updated, type);
      if (after.size() < before.size()) {
        refuse("remove", type, problems);
      } else if (!approves && OF_APPROVAL.contains(type)) {
        if (after.size() > before.size()) {
          refuse("add", type, problems);
        } else if (!after.equals(before)) {
          refuse("modify", type, problems);
        }
      }
    }
    String certificate = old.text("certificate");
    FieldPath field = FieldPath.ROOT.child("status", "certificate");
    if (!updated.text("certificate").equals(certificate)) {
      if (approves) {
        problems.forbidden(field, "updates may not set certificate content");
      } else if (!certificate.isEmpty()) {
        problems.forbidden(field, "updates may not modify existing certificate content");
      }
    }
  }

  private static void refuse(String verb, String type, Problems problems) {
    problems.forbidden(
        CONDITIONS, "updates may not " + verb + " a condition of type \"" + type + "\"");
  }
}
