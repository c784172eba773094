package io.kuber.scheduler.plugin;

import java.util.List;

/**
 * Why a node cannot take a pod, in the words that people see counted over all nodes.
 *
 * @param lasting whether it stays so, whichever pods leave the node
 */
public record Veto(List<String> reasons, boolean lasting) {
  /** Copies the reasons. */
  public Veto {
    reasons = List.copyOf(reasons);
  }

  /** A veto that the departure of pods may lift. */
  public static Veto of(String reason) {
    return new Veto(List.of(reason), false);
  }

  /** A veto that stays, whichever pods leave. */
  public static Veto lasting(String reason) {
    return new Veto(List.of(reason), true);
  }
}
