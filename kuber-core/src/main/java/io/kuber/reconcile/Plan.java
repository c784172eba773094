package io.kuber.reconcile;

import io.kuber.api.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What to do about one key: steps in order, the actions of one step at the same time. A step with a
 * failed action ends the plan.
 *
 * @param steps the steps
 * @param again when to look at the key again though nothing changes
 * @param onFailure what to do once when a step has failed, before the key is tried again
 */
public record Plan(
    List<List<Action>> steps,
    Optional<Duration> again,
    Function<ApiException, List<Action>> onFailure) {
  /** Nothing to do. */
  public static final Plan NOTHING = new Builder().build();

  /** Copies the steps. */
  public Plan {
    steps = steps.stream().map(List::copyOf).toList();
  }

  /** These actions, one after the other. */
  public static Plan of(Action... actions) {
    Builder plan = new Builder();
    for (Action action : actions) {
      plan.then(action);
    }
    return plan.build();
  }

  /** A plan without steps yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same, once the action is done. */
  public Plan after(Action first) {
    List<List<Action>> all = new ArrayList<>(List.of(List.of(first)));
    all.addAll(steps);
    return new Plan(all, again, onFailure);
  }

  /** All actions in order, whatever their step. */
  public List<Action> actions() {
    return steps.stream().flatMap(List::stream).toList();
  }

  /** Collects the parts of one plan. */
  public static final class Builder {
    private final List<List<Action>> steps = new ArrayList<>();
    private Optional<Duration> again = Optional.empty();
    private Function<ApiException, List<Action>> onFailure = failure -> List.of();

    private Builder() {}

    /** One more step of a single action. */
    public Builder then(Action action) {
      steps.add(List.of(action));
      return this;
    }

    /** One more step of actions that are done at the same time. */
    public Builder together(List<? extends Action> actions) {
      if (!actions.isEmpty()) {
        steps.add(List.copyOf(actions));
      }
      return this;
    }

    /**
     * Steps of 1, 2, 4 ... of the actions: when the API refuses the first of hundreds, the rest
     * need not be tried (upstream: slowStartBatch).
     */
    public Builder inGrowingBatches(List<? extends Action> actions) {
      int from = 0;
      for (int size = 1; from < actions.size(); size *= 2) {
        int to = Math.min(actions.size(), from + size);
        together(actions.subList(from, to));
        from = to;
      }
      return this;
    }

    /** Look again after this time at the latest. */
    public Builder againAfter(Duration delay) {
      again = again.filter(earlier -> earlier.compareTo(delay) <= 0).or(() -> Optional.of(delay));
      return this;
    }

    /** What to do once when a step has failed. */
    public Builder onFailure(Function<ApiException, List<Action>> actions) {
      onFailure = actions;
      return this;
    }

    /** The plan. */
    public Plan build() {
      return new Plan(steps, again, onFailure);
    }
  }
}
