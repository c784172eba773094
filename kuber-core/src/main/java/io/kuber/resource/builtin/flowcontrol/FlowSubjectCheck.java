package io.kuber.resource.builtin.flowcontrol;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.Map;
import java.util.TreeSet;

/** Who a flow schema is about (pkg/apis/flowcontrol/validation). */
final class FlowSubjectCheck {
  /** The field that each kind of subject fills. */
  private static final Map<String, String> FIELDS =
      Map.of("Group", "group", "ServiceAccount", "serviceAccount", "User", "user");

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
    new TreeSet<>(FIELDS.keySet())
        .forEach(
            other -> {
              String name = FIELDS.get(other);
              if (!other.equals(kind) && name != null && subject.has(name)) {
                problems.forbidden(
                    field.child(name),
                    name + " is forbidden when subject kind is not '" + other + "'");
              }
            });
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
