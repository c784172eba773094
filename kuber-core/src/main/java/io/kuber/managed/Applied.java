package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;

/** What became of an applied configuration. */
public sealed interface Applied {
  /**
   * The object with the configuration in it.
   *
   * @param object in the version of the configuration, without managed fields
   * @param managedFields who owns what now
   */
  record Merged(Tree object, Items managedFields) implements Applied {}

  /** Others own some of the fields, and the applier did not insist. */
  record Conflicted(List<Conflict> conflicts) implements Applied {
    /** Copies the conflicts. */
    public Conflicted {
      conflicts = List.copyOf(conflicts);
    }

    /** The text that clients print (apimachinery, managedfields/internal/conflict.go). */
    public String message() {
      if (conflicts.size() == 1) {
        Conflict only = conflicts.get(0);
        return "Apply failed with 1 conflict: " + only.message() + ": " + only.field();
      }
      StringBuilder text = new StringBuilder("Apply failed with ").append(conflicts.size());
      text.append(" conflicts: ");
      for (int i = 0; i < conflicts.size(); i++) {
        Conflict conflict = conflicts.get(i);
        if (i == 0 || !conflict.owner().equals(conflicts.get(i - 1).owner())) {
          text.append(i == 0 ? "" : "\n").append("conflicts with ").append(conflict.owner());
          text.append(':');
        }
        text.append("\n- ").append(conflict.field());
      }
      return text.toString();
    }
  }

  /** The configuration cannot be applied to any object. */
  record Refused(String message) implements Applied {}
}
