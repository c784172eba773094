package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.NodeReach;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where other nodes are and which addresses their pods have, by their Node objects: {@code
 * status.addresses} of type InternalIP and {@code spec.podCIDR}. A node that is lost counts as long
 * as its object is there. Fields belong to the loop.
 */
public final class NodeFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFeed.class);

  /**
   * What the machine's owner does to links is not heard of, so ways are looked after this often.
   */
  private static final Duration LOOK_AFTER = Duration.ofSeconds(5);

  private final Follower nodes;
  private final String own;
  private final Loop loop;
  private final Telling<List<NodeReach>> telling;
  private final Map<String, NodeReach> others = new TreeMap<>();

  private NodeFeed(Client client, String own, Consumer<List<NodeReach>> outlet, Loop loop) {
    this.own = own;
    this.loop = loop;
    this.telling =
        new Telling<>(
            "the ways to other nodes cannot be made",
            () -> List.copyOf(others.values()),
            outlet,
            loop);
    this.nodes =
        new Follower(client, Resources.NODES, ListOptions.ALL, loop, this::node, telling::tell);
  }

  /**
   * Starts a feed, which tells for the first time when all Nodes have been listed, at every change,
   * and every few seconds without one.
   *
   * @param own the name of the node that is not told of
   * @param outlet is told again a second later if it throws
   */
  public static NodeFeed start(
      Client client, String own, Consumer<List<NodeReach>> outlet, Loop loop) {
    NodeFeed feed = new NodeFeed(client, own, outlet, loop);
    feed.nodes.start();
    loop.schedule(LOOK_AFTER, feed::lookAfter);
    return feed;
  }

  private void lookAfter() {
    if (telling.isClosed()) {
      return;
    }
    if (nodes.isComplete()) {
      telling.outdate();
      telling.tell();
    }
    loop.schedule(LOOK_AFTER, this::lookAfter);
  }

  private void node(String key, @Nullable KubeObject now) {
    NodeReach next = now == null || now.name().equals(own) ? null : reach(now).orElse(null);
    NodeReach before = next == null ? others.remove(key) : others.put(key, next);
    if (next == null ? before != null : !next.equals(before)) {
      telling.outdate();
    }
  }

  /** What a Node says; empty if it has not said all of it yet, or nothing that could be used. */
  static Optional<NodeReach> reach(KubeObject node) {
    String address =
        node.status().items("addresses").trees().stream()
            .filter(one -> one.text("type").equals("InternalIP"))
            .map((Tree one) -> one.text("address"))
            .filter(ServiceView::isIpv4)
            .findFirst()
            .orElse("");
    String pods = node.spec().text("podCIDR");
    if (address.isEmpty() || pods.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NodeReach(node.name(), Ipv4.parse(address), Ipv4Block.parse(pods)));
    } catch (IllegalArgumentException e) {
      LOG.warn("node {} cannot be led to: spec.podCIDR: {}", node.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Ends the feed; nobody is told anything any more once this returns. */
  @Override
  public void close() {
    nodes.close();
    telling.close();
  }
}
