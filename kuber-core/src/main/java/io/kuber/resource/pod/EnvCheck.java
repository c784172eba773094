package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with the variables of a container. */
final class EnvCheck {
  private static final Pattern NAME = Pattern.compile("[ -<>-~]+");

  private static final String NAME_RULE =
      "a valid environment variable name must consist only of printable ASCII characters other"
          + " than '='";

  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");

  private EnvCheck() {}

  static void check(FieldPath path, Tree container, Problems problems) {
    List<Tree> variables = container.items("env").trees();
    for (int i = 0; i < variables.size(); i++) {
      checkVariable(path.child("env").index(i), variables.get(i), problems);
    }
    checkFrom(path.child("envFrom"), container.items("envFrom").trees(), problems);
  }

  private static void checkVariable(FieldPath path, Tree variable, Problems problems) {
    String name = variable.text("name");
    if (name.isEmpty()) {
      problems.required(path.child("name"), "");
    } else if (!NAME.matcher(name).matches()) {
      problems.invalid(path.child("name"), name, NAME_RULE);
    }
    if (variable.has("valueFrom")) {
      FieldPath field = path.child("valueFrom");
      Tree from = variable.tree("valueFrom");
      checkSources(field, from, problems);
      checkCount(field, from, variable.text("value"), problems);
    }
  }

  private static void checkSources(FieldPath path, Tree from, Problems problems) {
    if (from.has("fieldRef")) {
      FieldRefCheck.checkOfEnv(path.child("fieldRef"), from.tree("fieldRef"), problems);
    }
    if (from.has("resourceFieldRef")) {
      FieldRefCheck.checkResource(
          path.child("resourceFieldRef"), from.tree("resourceFieldRef"), false, problems);
    }
    for (String kind : new String[] {"configMapKeyRef", "secretKeyRef"}) {
      if (from.has(kind)) {
        Tree reference = from.tree(kind);
        Names.SUBDOMAIN.check(path.child(kind, "name"), reference.text("name"), problems);
        Texts.checkSet(path.child(kind), reference, "key", Names.CONFIG_KEY, problems);
      }
    }
  }

  private static void checkCount(FieldPath path, Tree from, String value, Problems problems) {
    long count = SOURCES.stream().filter(from::has).count();
    if (count == 0) {
      problems.invalid(
          path,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`"
              + " or `fileKeyRef`");
    } else if (!value.isEmpty()) {
      problems.invalid(path, "", "may not be specified when `value` is not empty");
    } else if (count > 1) {
      problems.invalid(path, "", "may not have more than one field specified at a time");
    }
  }

  private static void checkFrom(FieldPath path, List<Tree> sources, Problems problems) {
    for (int i = 0; i < sources.size(); i++) {
      Tree source = sources.get(i);
      FieldPath field = path.index(i);
      String prefix = source.text("prefix");
      if (!prefix.isEmpty() && !NAME.matcher(prefix).matches()) {
        problems.invalid(field.child("prefix"), prefix, NAME_RULE);
      }
      int count = 0;
      for (String kind : new String[] {"configMapRef", "secretRef"}) {
        if (source.has(kind)) {
          count++;
          Texts.checkSet(field.child(kind), source.tree(kind), "name", Names.SUBDOMAIN, problems);
        }
      }
      if (count == 0) {
        problems.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
      } else if (count > 1) {
        problems.invalid(path, "", "may not have more than one field specified at a time");
      }
    }
  }
}
