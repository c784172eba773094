package io.kuber.scheduler.state;

import io.kuber.scheduler.state.TallyKey.Carrying;
import io.kuber.scheduler.state.TallyKey.Matching;
import io.kuber.scheduler.state.TallyKey.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All tallies, each kept as long as a shape needs it, and told of every pod and node that comes and
 * goes. Bounded by the terms and rules of the pods there are. Owned by the scheduler's loop.
 *
 * <p>A pod that comes asks only the tallies that count its shape. Which these are is noted on the
 * shape, and stays true until tallies are numbered anew or namespaces change: a new epoch.
 */
final class Tallies {
  private static final int FEW = 64;

  private final Namespaces namespaces;
  private final Supplier<? extends Iterable<NodeState>> nodes;
  private final Map<TallyKey, Tally> byKey = new LinkedHashMap<>();
  private final Map<String, Topology> topologies = new HashMap<>();
  private final Map<PodShape, List<Tally>> carried = new HashMap<>();

  /** All tallies in the order in which they came; those that are gone are null. */
  private final List<@Nullable Tally> order = new ArrayList<>();

  /** Those of {@link #order} that count who carries a term. */
  private final List<@Nullable Tally> carriers = new ArrayList<>();

  private int epoch;

  Tallies(Namespaces namespaces, Supplier<? extends Iterable<NodeState>> nodes) {
    this.namespaces = namespaces;
    this.nodes = nodes;
  }

  /** A shape came to be: what its pods carry is counted from now on. */
  void made(PodShape shape) {
    List<Tally> own = new ArrayList<>(0);
    shape.affinity().stream().distinct().forEach(t -> own.add(carrier(t, Role.REQUIRED)));
    shape.antiAffinity().stream().distinct().forEach(t -> own.add(carrier(t, Role.FORBIDDEN)));
    shape.preferences().stream()
        .map(AffinityTerm.Weighted::term)
        .distinct()
        .forEach(term -> own.add(carrier(term, Role.PREFERRED)));
    if (!own.isEmpty()) {
      carried.put(shape, own);
    }
  }

  private Tally carrier(AffinityTerm term, Role role) {
    return acquire(new Carrying(term, role));
  }

  /** The last pod of a shape is gone. */
  void forgotten(PodShape shape) {
    List<Tally> own = carried.remove(shape);
    if (own != null) {
      own.forEach(this::release);
    }
    Needs needs = shape.needs;
    if (needs != null) {
      shape.needs = null;
      needs.affinity.forEach(this::release);
      needs.antiAffinity.forEach(this::release);
      needs.preferences.forEach(preference -> release(preference.tally()));
      needs.hard.forEach(spread -> release(spread.tally()));
      needs.soft.forEach(spread -> release(spread.tally()));
    }
  }

  /** What pods of the shape are decided by; {@code softRules} are its soft spread rules now. */
  Needs needs(PodShape shape, List<SpreadRule> softRules) {
    Needs needs = shape.needs;
    if (needs == null) {
      needs = begin(shape);
      shape.needs = needs;
    }
    if (!needs.softRules.equals(softRules)) {
      List<Needs.Spread> old = List.copyOf(needs.soft);
      needs.soft.clear();
      for (SpreadRule rule : softRules) {
        needs.soft.add(spread(shape, rule));
      }
      needs.softRules = softRules;
      old.forEach(spread -> release(spread.tally()));
    }
    findCarriers(shape, needs);
    return needs;
  }

  private Needs begin(PodShape shape) {
    Needs needs = new Needs();
    for (AffinityTerm term : shape.affinity()) {
      needs.affinity.add(acquire(new Matching(shape.affinity(), term.topologyKey())));
    }
    for (AffinityTerm term : shape.antiAffinity()) {
      needs.antiAffinity.add(matching(term));
    }
    for (AffinityTerm.Weighted wish : shape.preferences()) {
      needs.preferences.add(new Needs.Preference(matching(wish.term()), wish.weight()));
    }
    for (SpreadRule rule : shape.spread()) {
      if (rule.hard()) {
        needs.hard.add(spread(shape, rule));
      }
    }
    return needs;
  }

  private Tally matching(AffinityTerm term) {
    return acquire(new Matching(List.of(term), term.topologyKey()));
  }

  private Needs.Spread spread(PodShape shape, SpreadRule rule) {
    NodeWish rules = shape.nodes().withoutPreferences();
    TallyKey.Scope scope =
        new TallyKey.Scope(
            shape.placesOf(rule.hard()),
            rule.honorsAffinity() && !rules.allowsAll() ? Optional.of(rules) : Optional.empty(),
            rule.honorsTaints() ? Optional.of(shape.tolerations()) : Optional.empty());
    TallyKey key =
        new TallyKey.Spreading(shape.namespace(), rule.selector(), rule.topologyKey(), scope);
    return new Needs.Spread(rule, acquire(key), rule.selector().matches(shape.labels()));
  }

  private void findCarriers(PodShape shape, Needs needs) {
    if (needs.epoch != epoch) {
      needs.epoch = epoch;
      needs.asked = 0;
      needs.repelling.clear();
      needs.attracting.clear();
    }
    for (; needs.asked < carriers.size(); needs.asked++) {
      Tally tally = carriers.get(needs.asked);
      if (tally != null
          && tally.key() instanceof Carrying key
          && key.term().matches(shape, namespaces)) {
        (key.role() == Role.FORBIDDEN ? needs.repelling : needs.attracting).add(tally);
      }
    }
  }

  private Tally acquire(TallyKey key) {
    Tally tally = byKey.get(key);
    if (tally == null) {
      tally = new Tally(key, topology(key.topologyKey()));
      tally.topology().users++;
      byKey.put(key, tally);
      order.add(tally);
      if (key instanceof Carrying) {
        carriers.add(tally);
      }
      countAll(tally);
    }
    tally.users++;
    return tally;
  }

  private Topology topology(String key) {
    Topology known = topologies.get(key);
    if (known != null) {
      return known;
    }
    Topology topology = new Topology(key);
    topologies.put(key, topology);
    nodes.get().forEach(topology::join);
    return topology;
  }

  private void countAll(Tally tally) {
    for (NodeState node : nodes.get()) {
      tally.join(node);
      addPods(tally, node, 1);
    }
  }

  private void addPods(Tally tally, NodeState node, int sign) {
    node.shapes()
        .forEach(
            (shape, pods) -> {
              long share =
                  (long) pods.running * tally.key().share(shape, false, namespaces)
                      + (long) pods.stopping * tally.key().share(shape, true, namespaces);
              if (share != 0) {
                tally.add(node, sign * share);
              }
            });
  }

  private void release(Tally tally) {
    if (--tally.users > 0) {
      return;
    }
    byKey.remove(tally.key());
    order.set(order.indexOf(tally), null);
    int carrier = carriers.indexOf(tally);
    if (carrier >= 0) {
      carriers.set(carrier, null);
      epoch++;
    }
    tally.retire();
    if (--tally.topology().users == 0) {
      topologies.remove(tally.key().topologyKey());
    }
    if (order.size() > FEW && order.size() > 2 * byKey.size()) {
      order.removeIf(gone -> gone == null);
      carriers.removeIf(gone -> gone == null);
      epoch++;
    }
  }

  /** A pod of a shape counts on a node, or ({@code sign} negative) no more. */
  void count(NodeState node, PodShape shape, boolean stopping, int sign) {
    for (Shares.Share share : shares(shape)) {
      int counts = stopping ? share.stopping() : share.running();
      if (counts != 0) {
        share.tally().add(node, (long) sign * counts);
      }
    }
  }

  private List<Shares.Share> shares(PodShape shape) {
    Shares shares = shape.shares;
    if (shares.epoch != epoch) {
      shares.epoch = epoch;
      shares.asked = 0;
      shares.list.clear();
    }
    for (; shares.asked < order.size(); shares.asked++) {
      Tally tally = order.get(shares.asked);
      if (tally != null) {
        int running = tally.key().share(shape, false, namespaces);
        int stopping = tally.key().share(shape, true, namespaces);
        if (running != 0 || stopping != 0) {
          shares.list.add(new Shares.Share(tally, running, stopping));
        }
      }
    }
    return shares.list;
  }

  /** A node is there, or there again with other labels or taints, with the pods that it has. */
  void join(NodeState node) {
    topologies.values().forEach(topology -> topology.join(node));
    for (Tally tally : byKey.values()) {
      tally.join(node);
      addPods(tally, node, 1);
    }
  }

  /** The node leaves, or is about to change. */
  void leave(NodeState node) {
    for (Tally tally : byKey.values()) {
      addPods(tally, node, -1);
      tally.leave(node);
    }
    topologies.values().forEach(topology -> topology.leave(node));
  }

  /** The labels of a namespace are about to change; afterwards all is counted by the new ones. */
  void namespaceChanges(Runnable change) {
    List<Tally> concerned =
        byKey.values().stream().filter(tally -> tally.key().looksAtNamespaces()).toList();
    concerned.forEach(tally -> nodes.get().forEach(node -> addPods(tally, node, -1)));
    change.run();
    concerned.forEach(tally -> nodes.get().forEach(node -> addPods(tally, node, 1)));
    epoch++;
  }

  /** All tallies there are, for whoever checks them. */
  List<Tally> all() {
    return List.copyOf(byKey.values());
  }
}
