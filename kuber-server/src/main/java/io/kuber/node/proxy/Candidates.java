package io.kuber.node.proxy;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which of a port's backends a node may use: pure (pkg/proxy/topology.go).
 *
 * @param anywhere for traffic that may leave the node: the ready ones, and of these only those
 *     meant for the node, or for its zone, if each of them is meant for somebody and at least one
 *     for here; without ready ones, those that are ending
 * @param here for traffic that stays on the node: the ready ones of the node, else its ending ones
 */
record Candidates(List<Backend> anywhere, List<Backend> here) {
  static Candidates of(List<Backend> backends, String node, String zone) {
    List<Backend> ready = only(backends, Backend::ready);
    Predicate<Backend> near = near(ready, node, zone);
    return new Candidates(
        ready.isEmpty() ? backends : only(ready, near), preferReady(only(backends, on(node))));
  }

  private static Predicate<Backend> near(List<Backend> ready, String node, String zone) {
    if (isHinted(ready, Backend::nodes, node)) {
      return backend -> backend.nodes().contains(node);
    }
    if (isHinted(ready, Backend::zones, zone)) {
      return backend -> backend.zones().contains(zone);
    }
    return any -> true;
  }

  /** Hints count only if all have some, so that nobody is left out while they are being written. */
  private static boolean isHinted(
      List<Backend> ready, Function<Backend, Set<String>> hints, String here) {
    return ready.stream().noneMatch(backend -> hints.apply(backend).isEmpty())
        && ready.stream().anyMatch(backend -> hints.apply(backend).contains(here));
  }

  private static Predicate<Backend> on(String node) {
    return backend -> !node.isEmpty() && backend.node().equals(node);
  }

  private static List<Backend> preferReady(List<Backend> backends) {
    List<Backend> ready = only(backends, Backend::ready);
    return ready.isEmpty() ? backends : ready;
  }

  private static List<Backend> only(List<Backend> backends, Predicate<Backend> wanted) {
    return backends.stream().filter(wanted).toList();
  }
}
