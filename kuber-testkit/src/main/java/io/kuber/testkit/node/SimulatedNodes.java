package io.kuber.testkit.node;

import io.kuber.api.NodeGateway;
import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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

  private final Loops loops;
  private final Loop loop;
  private final Map<String, SimulatedNode> nodes;
  private final List<SimulatedNode> order;
  private final NodeReports reports;
  private final Registration registration;
  private final ScriptedPods scripted = new ScriptedPods();
  private final PodRunner runner;
  private final PodWatch watch;
  private int tick;
  private boolean closed;

  private SimulatedNodes(Client client, Loops loops, NodeSettings settings) {
    this.loops = loops;
    this.loop = loops.loop("simulated-nodes");
    this.nodes = nodes(loops, settings);
    this.order = List.copyOf(nodes.values());
    this.reports = new NodeReports(client, loops.clock());
    this.registration = new Registration(order, reports, loop);
    this.runner = new PodRunner(client, loops, loop, nodes, settings, scripted);
    this.watch = new PodWatch(client, loop, runner);
  }

  private static Map<String, SimulatedNode> nodes(Loops loops, NodeSettings settings) {
    Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
    for (int i = 0; i < settings.count(); i++) {
      SimulatedNode node = new SimulatedNode(i, settings, loops.clock().instant());
      nodes.put(node.name(), node);
    }
    return nodes;
  }

  /**
   * Registers nodes and runs the pods that are bound to them, those of an earlier run as well.
   *
   * @param client writes as system:nodes may; the namespace {@code kube-node-lease} has to exist
   */
  public static SimulatedNodes start(Client client, Loops loops, NodeSettings settings) {
    SimulatedNodes simulated = new SimulatedNodes(client, loops, settings);
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
    return new SimulatedGateway(loops.clock(), scripted);
  }

  /** The node stops reporting, as if its machine had lost power. */
  public void silence(String name) {
    SimulatedNode node = node(name);
    loop.execute(node::silence);
  }

  /** The node reports again and takes up its pods. */
  public void revive(String name) {
    SimulatedNode node = node(name);
    loop.execute(() -> revive(node));
  }

  private SimulatedNode node(String name) {
    SimulatedNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("there is no simulated node " + name);
    }
    return node;
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
