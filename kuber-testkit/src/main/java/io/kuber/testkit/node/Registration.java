package io.kuber.testkit.node;

import io.kuber.loop.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers many nodes, some at a time, and again until it worked. Owned by one loop. */
final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

  /** Nodes that are being registered at the same time, so that the store is not flooded. */
  private static final int AT_ONCE = 64;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final List<SimulatedNode> nodes;
  private final NodeReports reports;
  private final Loop loop;
  private final CompletableFuture<Integer> done = new CompletableFuture<>();
  private int registered;
  private boolean cancelled;

  Registration(List<SimulatedNode> nodes, NodeReports reports, Loop loop) {
    this.nodes = nodes;
    this.reports = reports;
    this.loop = loop;
  }

  /** Completes with the number of nodes once all are known. */
  CompletionStage<Integer> done() {
    return done.minimalCompletionStage();
  }

  void begin() {
    if (nodes.isEmpty()) {
      done.complete(0);
    }
    for (int i = 0; i < AT_ONCE; i++) {
      register(i);
    }
  }

  void cancel() {
    cancelled = true;
  }

  /** Registers the node of that number, and then the next one of its lane. */
  private void register(int number) {
    if (number >= nodes.size() || cancelled) {
      return;
    }
    SimulatedNode node = nodes.get(number);
    reports
        .register(node)
        .whenComplete(
            (known, failure) -> {
              if (failure == null) {
                loop.execute(() -> registered(number));
              } else {
                LOG.warn("node {} cannot register yet", node.name(), failure);
                loop.schedule(RETRY, () -> register(number));
              }
            });
  }

  private void registered(int number) {
    nodes.get(number).registered();
    registered++;
    if (registered == nodes.size()) {
      done.complete(registered);
    }
    register(number + AT_ONCE);
  }
}
