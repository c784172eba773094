package io.kuber.testkit.cluster;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.testkit.node.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes that were loaded into a cluster and are to be simulated there, as their annotation says:
 * with their names and their capacity. Pure.
 */
public final class AdoptedNodes {
  /** On a Node with the value {@code true}: somebody has to pretend to be it. */
  public static final String ANNOTATION = "testkit.kuber.io/simulated";

  private AdoptedNodes() {}

  /** The groups, and a group of one for each node of the image that wants it and is in none. */
  public static List<NodeSettings> with(List<NodeSettings> groups, Image image) {
    List<NodeSettings> all = new ArrayList<>(groups);
    Set<String> known =
        groups.stream().flatMap(group -> group.names().stream()).collect(Collectors.toSet());
    image
        .scan(Resources.NODES.qualifiedName(), "", null)
        .forEachRemaining(
            stored -> {
              KubeObject node = stored.passing();
              boolean wanted = "true".equals(node.annotations().get(ANNOTATION));
              if (wanted && !known.contains(node.name())) {
                all.add(settings(node));
              }
            });
    return all;
  }

  private static NodeSettings settings(KubeObject node) {
    NodeSettings settings = NodeSettings.named(node.name());
    for (Map.Entry<String, String> amount : node.status().tree("capacity").texts().entrySet()) {
      settings = settings.offering(amount.getKey(), amount.getValue());
    }
    return settings;
  }
}
