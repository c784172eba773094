package io.kuber.scheduler.state;

import io.kuber.object.Tree;
import java.util.function.Function;

/**
 * What a pod reserves: its containers and sidecars together, or the largest moment of its
 * initialization if that is more; what the pod as a whole asks for takes the place of that; and its
 * overhead comes on top (component-helpers, resource.PodRequests). Pure.
 */
final class Requests {
  /** Counted in scores for a container without requests (upstream: DefaultMilliCPURequest). */
  private static final long DEFAULT_MILLI_CPU = 100;

  /** Likewise (upstream: DefaultMemoryRequest). */
  private static final long DEFAULT_MEMORY = 200L << 20;

  private Requests() {}

  /** What is reserved. */
  static Amounts of(Tree spec) {
    return sum(spec, container -> Amounts.of(container.tree("resources", "requests")));
  }

  /** What counts in scores: a container that asks for nothing still uses something. */
  static Amounts scored(Tree spec) {
    return sum(spec, Requests::atLeastDefaults);
  }

  private static Amounts sum(Tree spec, Function<Tree, Amounts> request) {
    Amounts running = Amounts.NONE;
    for (Tree container : spec.items("containers").trees()) {
      running = running.plus(request.apply(container));
    }
    Amounts sidecars = Amounts.NONE;
    Amounts starting = Amounts.NONE;
    for (Tree container : spec.items("initContainers").trees()) {
      Amounts own = request.apply(container);
      if (container.text("restartPolicy").equals("Always")) {
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    Amounts containers = running.plus(sidecars).max(starting);
    return ofWholePod(spec, containers).plus(Amounts.of(spec.tree("overhead")));
  }

  private static Amounts ofWholePod(Tree spec, Amounts containers) {
    Tree asked = spec.tree("resources", "requests");
    if (asked.isEmpty()) {
      return containers;
    }
    Amounts whole = Amounts.of(asked);
    return new Amounts(
        asked.has("cpu") ? whole.milliCpu() : containers.milliCpu(),
        asked.has("memory") ? whole.memory() : containers.memory(),
        containers.ephemeral(),
        containers.with(whole.others()).others());
  }

  private static Amounts atLeastDefaults(Tree container) {
    Tree list = container.tree("resources", "requests");
    Amounts asked = Amounts.of(list);
    return new Amounts(
        list.has("cpu") ? asked.milliCpu() : DEFAULT_MILLI_CPU,
        list.has("memory") ? asked.memory() : DEFAULT_MEMORY,
        asked.ephemeral(),
        asked.others());
  }
}
