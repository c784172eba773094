package io.kuber.testkit.scenario;

import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Nodes that are alike.
 *
 * @param name what their names begin with
 * @param count how many there are
 * @param cpu capacity, such as {@code 8}
 * @param memory capacity, such as {@code 32Gi}
 * @param pods capacity
 * @param labels beside those that every node has
 * @param taints as {@code key=value:Effect}
 * @param zones over which they are spread; empty for none
 */
public record Pool(
    String name,
    int count,
    String cpu,
    String memory,
    int pods,
    Map<String, String> labels,
    List<String> taints,
    List<String> zones) {
  /** Copies what can be changed. */
  public Pool {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    zones = List.copyOf(zones);
  }

  NodeSettings settings(Behaviour behaviour) {
    NodeSettings settings =
        NodeSettings.pool(name, count)
            .sized(cpu, memory)
            .offering("pods", Integer.toString(pods))
            .inZones(zones.toArray(String[]::new))
            .with(behaviour);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      settings = settings.labelled(label.getKey(), label.getValue());
    }
    for (String taint : taints) {
      settings = settings.tainted(taint);
    }
    return settings;
  }

  /** The names of those that are in a zone; of all where it is empty. */
  List<String> nodesIn(String zone) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (zone.isEmpty() || !zones.isEmpty() && zones.get(i % zones.size()).equals(zone)) {
        names.add(name + "-" + i);
      }
    }
    return names;
  }
}
