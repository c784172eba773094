package io.kuber.resource.check;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;

/** A form that names may have; {@link Names} has those that many kinds share. */
@FunctionalInterface
public interface NameForm {
  /** Any name; what a path cannot hold, the path refuses. */
  NameForm ANY = (field, name, problems) -> {};

  /** What can stand in a path (apimachinery, pkg/api/validation/path). */
  NameForm PATH_SEGMENT =
      (field, name, problems) -> {
        if (name.equals(".") || name.equals("..")) {
          problems.invalid(field, name, "may not be '" + name + "'");
          return;
        }
        for (String forbidden : new String[] {"/", "%"}) {
          if (name.contains(forbidden)) {
            problems.invalid(field, name, "may not contain '" + forbidden + "'");
          }
        }
      };

  /** Reports what keeps {@code name} from having this form. */
  void check(FieldPath field, String name, Problems problems);
}
