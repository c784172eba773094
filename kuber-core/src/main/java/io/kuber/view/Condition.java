package io.kuber.view;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One condition of a status, with the rule that its time of transition only moves when its status
 * does.
 *
 * @param tree the condition as it stands in {@code status.conditions}
 */
public record Condition(Tree tree) {
  /** A condition that came to be at {@code now}. */
  public static Condition of(
      String type, String status, String reason, String message, Instant now) {
    return new Condition(
        Tree.of(
            "type", type,
            "status", status,
            "lastTransitionTime", Timestamps.seconds(now),
            "reason", reason,
            "message", message));
  }

  /** The condition of that type in a status. */
  public static Optional<Condition> find(Tree status, String type) {
    Items conditions = status.items("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      Tree condition = conditions.tree(i);
      if (condition.text("type").equals(type)) {
        return Optional.of(new Condition(condition));
      }
    }
    return Optional.empty();
  }

  /**
   * The status with this condition in the place of the one of its type, or behind all others. The
   * old time of transition stays when the status of the condition does.
   */
  public Tree putInto(Tree status) {
    List<Object> conditions = new ArrayList<>();
    boolean replaced = false;
    for (Tree old : status.items("conditions").trees()) {
      boolean same = old.text("type").equals(type());
      conditions.add(same ? keepingTransitionOf(old).tree : old);
      replaced |= same;
    }
    if (!replaced) {
      conditions.add(tree);
    }
    return status.with("conditions", Items.copyOf(conditions));
  }

  private Condition keepingTransitionOf(Tree old) {
    return old.text("status").equals(status()) && old.has("lastTransitionTime")
        ? with("lastTransitionTime", old.text("lastTransitionTime"))
        : this;
  }

  /** The status without the condition of that type. */
  public static Tree removeFrom(Tree status, String type) {
    if (find(status, type).isEmpty()) {
      return status;
    }
    List<Tree> kept = new ArrayList<>(status.items("conditions").trees());
    kept.removeIf(condition -> condition.text("type").equals(type));
    return kept.isEmpty()
        ? status.without("conditions")
        : status.with("conditions", Items.copyOf(kept));
  }

  /** This condition with one more field. */
  public Condition with(String field, String value) {
    return new Condition(tree.with(field, value));
  }

  /** Such as {@code Ready}. */
  public String type() {
    return tree.text("type");
  }

  /** {@code True}, {@code False} or {@code Unknown}. */
  public String status() {
    return tree.text("status");
  }

  /** Whether the status is {@code True}. */
  public boolean isTrue() {
    return status().equals("True");
  }

  /** One word that says why. */
  public String reason() {
    return tree.text("reason");
  }

  /** When the status last changed; the epoch where it does not say. */
  public Instant transitionedAt() {
    return Timestamps.parse(tree.text("lastTransitionTime"));
  }

  /** When the condition was last written, for kinds that say so. */
  public Instant updatedAt() {
    return Timestamps.parse(tree.text("lastUpdateTime"));
  }
}
