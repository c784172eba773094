package io.kuber.resource.builtin.flowcontrol;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Who a flow schema is about (pkg/apis/flowcontrol/validation). */
final class FlowSubjectCheck {
  /** The field that each kind of subject fills. */
  private static final Map<String, String> FIELDS =
      Map.of("Group", "group", "ServiceAccount", "serviceAccount", "User", "user");

  /** The fields in the order in which those that do not fit are told. */
  private static final List<String> ORDER = List.of("serviceAccount", "user", "group");

  private FlowSubjectCheck() {}

  static void check(FieldPath field, Tree subject, Problems problems) {
    String kind = subject.text("kind");
    String own = FIELDS.get(kind);
    if (own == null) {
      problems.notSupported(field.child("kind"), kind, new TreeSet<>(FIELDS.keySet()));
      return;
    }
    if (subject.has(own)) {
      checkNamed(field.child(own), kind, subject.tree(own), problems);
    } else {
      problems.required(field.child(own), own + " is required when subject kind is '" + kind + "'");
    }
    for (String other : ORDER) {
      if (!other.equals(own) && subject.has(other)) {
        problems.forbidden(
            field.child(other),
            other + " is forbidden when subject kind is not '" + kindOf(other) + "'");
      }
    }
  }

  private static String kindOf(String field) {
    return Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  private static void checkNamed(FieldPath field, String kind, Tree named, Problems problems) {
    Texts.checkSet(field, named, "name", problems);
    if (!kind.equals("ServiceAccount")) {
      return;
    }
    if (!named.text("name").equals("*")) {
      Texts.checkForm(field, named, "name", Names.SUBDOMAIN, problems);
    }
    if (named.text("namespace").isEmpty()) {
      problems.required(field.child("namespace"), "must specify namespace for service account");
    } else {
      Names.LABEL.check(field.child("namespace"), named.text("namespace"), problems);
    }
  }
}
