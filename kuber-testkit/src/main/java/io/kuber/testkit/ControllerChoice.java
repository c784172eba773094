package io.kuber.testkit;

import io.kuber.boot.Kuber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which controllers run by themselves, told as to {@code kube-controller-manager --controllers}
 * (k8s.io/controller-manager, IsControllerEnabled): {@code *} stands for all, a name for that one,
 * a name behind {@code -} for all but that one. A name that is said counts before {@code *}. All
 * others are paused. The scheduler goes by {@code kube-scheduler}.
 *
 * @param words what was said, in order
 */
public record ControllerChoice(List<String> words) {
  /** All controllers and the scheduler. */
  public static final ControllerChoice ALL = of("*");

  /** Nobody: objects change only as clients write them. */
  public static final ControllerChoice NONE = of();

  /** Refuses names that nobody has. */
  public ControllerChoice {
    words = List.copyOf(words);
    for (String word : words) {
      String name = word.startsWith("-") ? word.substring(1) : word;
      if (!word.equals("*")) {
        Kuber.checkDecider(name);
      }
    }
  }

  /** The choice in these words. */
  public static ControllerChoice of(String... words) {
    return new ControllerChoice(List.of(words));
  }

  /** Whether the controller runs by itself. */
  public boolean runs(String name) {
    return words.contains(name) || words.contains("*") && !words.contains("-" + name);
  }

  /** The names of those that are paused. */
  Set<String> paused() {
    Set<String> paused = new LinkedHashSet<>(Kuber.deciders());
    paused.removeIf(this::runs);
    return paused;
  }
}
