package io.kuber.server.reach;

import io.kuber.api.NodeReading;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes on other machines and their pods use, asked for every few seconds as metrics-server
 * does. Asks on a loop of its own, one node after the other; what a node said last may be read on
 * any thread.
 */
public final class NodeReadings {
  private static final Logger LOG = LoggerFactory.getLogger(NodeReadings.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Of a node with as many pods as it may have. */
  private static final int MOST_BYTES = 4 << 20;

  private final NodesElsewhere nodes;
  private final Predicate<String> isHere;
  private final Loop loop;
  private final Map<String, NodeReading> last = new ConcurrentSkipListMap<>();

  private NodeReadings(NodesElsewhere nodes, Predicate<String> isHere, Loop loop) {
    this.nodes = nodes;
    this.isHere = isHere;
    this.loop = loop;
  }

  /**
   * Begins to ask, for as long as the loops run.
   *
   * @param isHere whether a node is in this process, and measured without asking
   */
  public static NodeReadings begin(NodesElsewhere nodes, Predicate<String> isHere, Loops loops) {
    NodeReadings readings = new NodeReadings(nodes, isHere, loops.loop("node-readings"));
    readings.loop.schedule(PAUSE, readings::round);
    return readings;
  }

  private void round() {
    List<NodeAddress> asked =
        nodes.all().stream().filter(node -> !isHere.test(node.name())).toList();
    last.keySet().retainAll(asked.stream().map(NodeAddress::name).toList());
    asked.forEach(this::ask);
    loop.schedule(PAUSE, this::round);
  }

  private void ask(NodeAddress node) {
    try {
      last.put(
          node.name(),
          SummaryReading.of(
              node.name(), Json.parse(nodes.read(node, "/stats/summary", MOST_BYTES))));
    } catch (IOException | MalformedException | IllegalArgumentException e) {
      last.remove(node.name());
      LOG.debug("node {} does not tell what it uses: {}", node.name(), e.getMessage());
    }
  }

  /** What each node said last. */
  public List<NodeReading> last() {
    return List.copyOf(last.values());
  }
}
