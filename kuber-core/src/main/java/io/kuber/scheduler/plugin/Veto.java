package io.kuber.scheduler.plugin;

import java.util.List;

/** Why a node cannot take a pod, in the words that people see counted over all nodes. */
public record Veto(List<String> reasons) {
  /** Copies the reasons. */
  public Veto {
    reasons = List.copyOf(reasons);
  }

  /** A veto for one reason. */
  public static Veto of(String reason) {
    return new Veto(List.of(reason));
  }
}
