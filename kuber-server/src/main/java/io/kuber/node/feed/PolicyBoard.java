package io.kuber.node.feed;

import io.kuber.node.policy.Neighbourhood;
import io.kuber.node.policy.Pod;
import io.kuber.node.policy.Policy;
import io.kuber.node.policy.PolicyPlanner;
import io.kuber.node.policy.PolicySet;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network policies of a cluster with all that they depend on. It plans again only when
 * something changed that policies see: pods change all the time, and hardly ever their labels or
 * addresses. Owned by the feed's loop.
 */
final class PolicyBoard {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyBoard.class);

  private final String node;
  private final Map<String, Policy> policies = new TreeMap<>();
  private final Map<String, Pod> pods = new TreeMap<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();
  private PolicySet planned = PolicySet.EMPTY;
  private boolean isStale;

  PolicyBoard(String node) {
    this.node = node;
  }

  /** Without any, nothing else counts. */
  boolean hasPolicies() {
    return !policies.isEmpty();
  }

  /** Whether {@link #planned} would plan anew. */
  boolean isStale() {
    return isStale;
  }

  /** A policy that is new, changed, or gone; one that cannot be read closes nothing. */
  void policy(String key, @Nullable KubeObject now) {
    put(policies, key, now == null ? null : read(now));
  }

  private static @Nullable Policy read(KubeObject policy) {
    try {
      return PolicyReading.policy(policy);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "network policy {}/{} is not enforced: {}",
          policy.namespace(),
          policy.name(),
          e.getMessage());
      return null;
    }
  }

  /** A pod of any node that is new, changed, or gone. */
  void pod(String key, @Nullable KubeObject now) {
    put(pods, key, now == null ? null : PolicyReading.pod(now).orElse(null));
  }

  /** A namespace that is new, changed, or gone. */
  void namespace(String name, @Nullable KubeObject now) {
    put(namespaces, name, now == null ? null : now.labels());
  }

  private <T> void put(Map<String, T> known, String key, @Nullable T now) {
    T before = now == null ? known.remove(key) : known.put(key, now);
    isStale |= !Objects.equals(before, now);
  }

  /** What the node has to enforce. */
  PolicySet planned() {
    if (isStale) {
      planned = hasPolicies() ? PolicyPlanner.plan(neighbourhood()) : PolicySet.EMPTY;
      isStale = false;
    }
    return planned;
  }

  private Neighbourhood neighbourhood() {
    List<Policy> all = new ArrayList<>(policies.values());
    return new Neighbourhood(node, namespaces, new ArrayList<>(pods.values()), all);
  }
}
