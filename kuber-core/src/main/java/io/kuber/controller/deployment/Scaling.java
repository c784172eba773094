package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spreads a new number of replicas over the ReplicaSets of a Deployment, in proportion to their
 * sizes while an update is under way (upstream: scale in pkg/controller/deployment/sync.go).
 */
final class Scaling {
  private final KubeObject deployment;
  private final Strategy strategy;
  private final Resizing sizes;

  Scaling(KubeObject deployment, Strategy strategy, Resizing sizes) {
    this.deployment = deployment;
    this.strategy = strategy;
    this.sizes = sizes;
  }

  /** Whether the Deployment was scaled since its ReplicaSets were last sized. */
  boolean isWanted(List<KubeObject> all) {
    return all.stream()
        .filter(sizes::isActive)
        .map(set -> set.annotations().get(Revision.DESIRED))
        .anyMatch(desired -> desired != null && Revision.parse(desired) != strategy.replicas());
  }

  void scale(Optional<KubeObject> fresh, List<KubeObject> old) {
    List<KubeObject> all = new ArrayList<>(old);
    fresh.ifPresent(all::add);
    List<KubeObject> active = new ArrayList<>(all.stream().filter(sizes::isActive).toList());
    if (active.size() <= 1) {
      onlyOrLatest(active, fresh, old).ifPresent(this::toWanted);
    } else if (fresh.filter(this::isSaturated).isPresent()) {
      old.stream().filter(sizes::isActive).forEach(set -> sizes.resize(set, 0));
    } else if (strategy.rolling()) {
      proportionally(active);
    } else {
      active.forEach(this::asItIs);
    }
  }

  private static Optional<KubeObject> onlyOrLatest(
      List<KubeObject> active, Optional<KubeObject> fresh, List<KubeObject> old) {
    return active.stream().findFirst().or(() -> fresh).or(() -> old.stream().max(Rollout.BY_AGE));
  }

  /** Also one of this size already has to note what it was sized for. */
  private void toWanted(KubeObject set) {
    sizes.resize(set, strategy.replicas());
  }

  private void asItIs(KubeObject set) {
    sizes.resize(set, sizes.sizeOf(set));
  }

  private boolean isSaturated(KubeObject fresh) {
    String desired = fresh.annotations().getOrDefault(Revision.DESIRED, "-1");
    return Revision.parse(desired) == strategy.replicas()
        && sizes.sizeOf(fresh) == strategy.replicas()
        && Rollout.availableNow(fresh) == strategy.replicas();
  }

  private void proportionally(List<KubeObject> active) {
    long allowed = strategy.replicas() > 0 ? strategy.maxPods() : 0;
    long toAdd = allowed - sizes.sizeOf(active);
    Comparator<KubeObject> largest = Comparator.comparing(set -> -sizes.sizeOf(set));
    active.sort(largest.thenComparing(toAdd > 0 ? Rollout.BY_AGE.reversed() : Rollout.BY_AGE));
    Map<KubeObject, Long> wanted = new LinkedHashMap<>();
    long added = 0;
    for (KubeObject set : active) {
      long share = share(set, toAdd, added);
      wanted.put(set, sizes.sizeOf(set) + share);
      added += share;
    }
    // What rounding left over goes to the largest.
    long leftover = toAdd - added;
    wanted.computeIfPresent(active.get(0), (set, size) -> Math.max(0, size + leftover));
    wanted.forEach(sizes::resize);
  }

  private long share(KubeObject set, long toAdd, long added) {
    if (sizes.sizeOf(set) == 0 || toAdd == 0 || toAdd == added) {
      return 0;
    }
    long fraction = fraction(set);
    return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
  }

  private long fraction(KubeObject set) {
    long size = sizes.sizeOf(set);
    if (strategy.replicas() == 0) {
      return -size;
    }
    String annotated = set.annotations().get(Revision.MAX);
    long before =
        annotated == null ? deployment.status().number(0, "replicas") : Revision.parse(annotated);
    return before == 0 ? 0 : Math.round((double) size * strategy.maxPods() / before) - size;
  }
}
