package io.kuber.server.audit;

import java.util.Set;

/**
 * What a policy wants to be told of one request.
 *
 * @param level how much
 * @param omitted at which stages nothing
 * @param omitManagedFields whether objects come without {@code metadata.managedFields}
 */
public record Plan(Level level, Set<Stage> omitted, boolean omitManagedFields) {
  /** Copies the stages. */
  public Plan {
    omitted = Set.copyOf(omitted);
  }

  /** Whether nothing is told. */
  public boolean isNothing() {
    return level == Level.NONE;
  }

  /** Whether an event is told at that stage. */
  public boolean tells(Stage stage) {
    return level != Level.NONE && !omitted.contains(stage);
  }
}
