package io.kuber.testkit.node;

import io.kuber.api.NodeGateway;
import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.testkit.node.script.PodScript;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many nodes that only pretend: they register, renew their leases, report their status, and lead
 * the pods bound to them through stages and scripts ({@link Behaviour}).
 *
 * <p>All state belongs to one loop; every method may be called from any thread.
 */
public final class SimulatedNodes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedNodes.class);

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Leases are renewed by every tenth node at each tick: every lease every ten seconds. */
  private static final int LEASE_TICKS = 10;

  /** Likewise the status, as often as a kubelet repeats one that did not change. */
  private static final int STATUS_TICKS = 300;

  /** Nodes that a message names. */
  private static final int MAX_NAMED = 5;

  private final Loops loops;
  private final Loop loop;
  private final Consumer<String> journal;
  private final Map<String, SimulatedNode> nodes;
  private final List<SimulatedNode> order;
  private final NodeReports reports;
  private final Registration registration;
  private final ScriptedPods scripted = new ScriptedPods();
  private final PodRunner runner;
  private final PodWatch watch;
  private int tick;
  private boolean closed;

  private SimulatedNodes(
      Client client, Loops loops, List<NodeSettings> groups, Consumer<String> journal) {
    this.loops = loops;
    this.journal = journal;
    this.loop = loops.loop("simulated-nodes");
    this.nodes = nodes(loops.clock().instant(), groups);
    this.order = List.copyOf(nodes.values());
    this.reports = new NodeReports(client, loops.clock());
    this.registration = new Registration(order, reports, loop);
    this.runner = new PodRunner(client, loops, loop, nodes, scripted);
    this.watch = new PodWatch(client, loop, runner);
  }

  private static Map<String, SimulatedNode> nodes(Instant now, List<NodeSettings> groups) {
    Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
    for (NodeSettings group : groups) {
      for (int i = 0; i < group.count(); i++) {
        SimulatedNode node = new SimulatedNode(nodes.size(), i, group, now);
        if (nodes.put(node.name(), node) != null) {
          throw new IllegalArgumentException("two nodes are named " + node.name());
        }
      }
    }
    if (nodes.size() > NodeSettings.MAX_COUNT) {
      throw new IllegalArgumentException(
          nodes.size() + " nodes are more than " + NodeSettings.MAX_COUNT);
    }
    return nodes;
  }

  /**
   * Registers nodes and runs the pods that are bound to them, those of an earlier run as well.
   *
   * @param client writes as system:nodes may; the namespace {@code kube-node-lease} has to exist
   */
  public static SimulatedNodes start(Client client, Loops loops, NodeSettings settings) {
    return start(client, loops, List.of(settings));
  }

  /** The same with several groups of nodes. */
  public static SimulatedNodes start(Client client, Loops loops, List<NodeSettings> groups) {
    return start(client, loops, groups, fault -> {});
  }

  /**
   * The same with somebody who wants to know what goes wrong with them.
   *
   * @param journal is told in words which node is lost, is back, or has a wrong clock
   */
  public static SimulatedNodes start(
      Client client, Loops loops, List<NodeSettings> groups, Consumer<String> journal) {
    SimulatedNodes simulated = new SimulatedNodes(client, loops, groups, journal);
    simulated.loop.execute(simulated::begin);
    return simulated;
  }

  private void begin() {
    registration.begin();
    watch.begin();
    loop.schedule(TICK, this::report);
  }

  /** Completes with the number of nodes once all of them are registered and ready. */
  public CompletionStage<Integer> registered() {
    return registration.done();
  }

  /**
   * The pods that are being started or stopped, in words. For simulations, whose thread owns the
   * nodes between two steps.
   */
  public List<String> underWay() {
    return runner.underWay();
  }

  /** How streams reach the pods: their scripts answer, or a polite refusal does. */
  public NodeGateway gateway() {
    return new SimulatedGateway(loops.clock(), scripted, runner::run);
  }

  /** The node stops reporting, as if its machine had lost power. */
  public void silence(String name) {
    SimulatedNode node = node(name);
    journal.accept("node " + name + " falls silent");
    loop.execute(node::silence);
  }

  /** The node reports again and takes up its pods. */
  public void revive(String name) {
    SimulatedNode node = node(name);
    journal.accept("node " + name + " is back");
    loop.execute(() -> revive(node));
  }

  /** Pods that are seen from now on follow the script, before all that was said before. */
  public void script(PodScript script) {
    loop.execute(() -> runner.follow(script));
  }

  /** The clock of the node's machine goes ahead by so much, or behind where it is negative. */
  public void skew(String name, Duration by) {
    SimulatedNode node = node(name);
    journal.accept(
        "the clock of node %s is %s s %s"
            .formatted(name, by.abs().toMillis() / 1e3, by.isNegative() ? "behind" : "ahead"));
    loop.execute(() -> node.skew(by));
  }

  /** The names of all nodes, in order. */
  public List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  private SimulatedNode node(String name) {
    SimulatedNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException(
          "there is no simulated node " + name + "; there are " + some(nodes.keySet()));
    }
    return node;
  }

  private static String some(Set<String> names) {
    String first = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return names.size() <= MAX_NAMED ? first : first + " and others";
  }

  private void revive(SimulatedNode node) {
    node.revive(loops.clock().instant());
    attempt("status", node, reports.status(node));
    attempt("lease", node, reports.renew(node));
    runner.resume(node);
  }

  private void report() {
    if (closed) {
      return;
    }
    everyOf(LEASE_TICKS, node -> attempt("lease", node, reports.renew(node)));
    everyOf(STATUS_TICKS, node -> attempt("status", node, reports.status(node)));
    tick++;
    loop.schedule(TICK, this::report);
  }

  /** Each node once in so many ticks, and not all at the same one. */
  private void everyOf(int ticks, Consumer<SimulatedNode> action) {
    for (int i = tick % ticks; i < order.size(); i += ticks) {
      if (order.get(i).isReporting()) {
        action.accept(order.get(i));
      }
    }
  }

  /** What fails now is said again at a later tick. */
  private static void attempt(String what, SimulatedNode node, CompletionStage<?> written) {
    written.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            LOG.debug("the {} of {} was not written", what, node.name(), failure);
          }
        });
  }

  /** Stops; the nodes stay registered and fall silent. */
  @Override
  public void close() {
    loop.execute(
        () -> {
          closed = true;
          registration.cancel();
          watch.close();
          runner.stop();
        });
  }
}
