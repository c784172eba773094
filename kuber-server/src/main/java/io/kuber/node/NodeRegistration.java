package io.kuber.node;

import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the node and keeps saying that it lives, by its lease and its status. Owned by the
 * node's loop.
 */
final class NodeRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
  private static final String LEASE_NAMESPACE = "kube-node-lease";

  /** As the kubelet: a lease of 40 s, renewed four times in that time. */
  private static final long LEASE_SECONDS = 40;

  private static final Duration LEASE_RENEWAL = Duration.ofSeconds(10);
  private static final Duration STATUS_RENEWAL = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Client client;
  private final Loop loop;
  private final NodeConfig config;
  private final HostFacts host;
  private final InstantSource clock;
  private NodeReport report = NodeReport.NONE;
  private boolean registered;
  private boolean closed;

  NodeRegistration(
      Client client, Loop loop, NodeConfig config, HostFacts host, InstantSource clock) {
    this.client = client;
    this.loop = loop;
    this.config = config;
    this.host = host;
    this.clock = clock;
  }

  /** Registers the node, trying until it works; {@code registered} runs once it has. */
  void start(Runnable registered) {
    if (closed) {
      return;
    }
    client
        .create(Resources.NODES, NodeStatus.node(config, host, now()))
        .whenComplete(
            (node, failure) ->
                loop.execute(
                    () -> {
                      if (failure == null
                          || Refusals.isReason(failure, StatusReason.ALREADY_EXISTS)) {
                        this.registered = true;
                        if (failure != null) {
                          labelled();
                        }
                        renewStatus();
                        renewLease();
                        registered.run();
                      } else {
                        LOG.warn("the node cannot be registered yet: {}", failure.toString());
                        loop.schedule(RETRY, () -> start(registered));
                      }
                    }));
  }

  /** A Node that was there may lack what a new one has (pkg/kubelet, updateDefaultLabels). */
  private void labelled() {
    Tree labels = NodeStatus.node(config, host, now()).metadata().tree("labels");
    client
        .patch(
            Resources.NODES,
            "",
            config.name(),
            "",
            PatchType.MERGE,
            Tree.of("metadata", Tree.of("labels", labels)))
        .exceptionally(
            failure -> {
              LOG.warn("the node's labels cannot be written: {}", failure.toString());
              return Resources.NODES.object("", config.name());
            });
  }

  /** Nothing is renewed any more. */
  void close() {
    closed = true;
  }

  private Instant now() {
    return clock.instant();
  }

  /** From now on the status tells this as well; it is written at once. */
  void reports(NodeReport newest) {
    report = newest;
    if (registered && !closed) {
      writeStatus();
    }
  }

  private void renewStatus() {
    if (!closed) {
      writeStatus()
          .whenComplete(
              (node, failure) ->
                  loop.schedule(failure == null ? STATUS_RENEWAL : RETRY, this::renewStatus));
    }
  }

  private CompletionStage<KubeObject> writeStatus() {
    NodeReport told = report;
    return client
        .get(Resources.NODES, "", config.name())
        .thenCompose(
            node -> {
              Items old = node.status().items("conditions");
              Tree status = Tree.of("status", NodeStatus.status(config, host, told, old, now()));
              return client.patch(
                  Resources.NODES, "", config.name(), "status", PatchType.MERGE, status);
            })
        .whenComplete(
            (node, failure) -> {
              if (failure != null) {
                LOG.warn("the node's status cannot be written: {}", failure.toString());
              }
            });
  }

  private void renewLease() {
    if (closed) {
      return;
    }
    String name = config.name();
    String time = MicroTime.text(now());
    Tree spec =
        Tree.of("holderIdentity", name, "leaseDurationSeconds", LEASE_SECONDS, "renewTime", time);
    client
        .patch(Resources.LEASES, LEASE_NAMESPACE, name, "", PatchType.MERGE, Tree.of("spec", spec))
        .exceptionallyCompose(
            missing ->
                client.create(
                    Resources.LEASES,
                    Resources.LEASES.object(LEASE_NAMESPACE, name).with(spec, "spec")))
        .whenComplete(
            (lease, failure) -> {
              if (failure != null) {
                LOG.warn("the node's lease cannot be renewed: {}", failure.toString());
              }
              loop.schedule(failure == null ? LEASE_RENEWAL : RETRY, this::renewLease);
            });
  }
}
