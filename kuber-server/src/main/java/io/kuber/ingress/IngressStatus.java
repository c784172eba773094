package io.kuber.ingress;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where Ingresses are served: at every node that is ready. All nodes come to the same list, so
 * that it does not matter which of them writes it.
 */
final class IngressStatus {
  private static final Logger LOG = LoggerFactory.getLogger(IngressStatus.class);

  private final Client client;
  private final Optional<String> address;

  /**
   * @param address where Ingresses are served if that is not on the nodes
   */
  IngressStatus(Client client, Optional<String> address) {
    this.client = client;
    this.address = address;
  }

  /** Writes the status of those that do not have it yet; does not wait. */
  void publish(List<KubeObject> served, Collection<KubeObject> nodes) {
    Stream<String> places = address.map(Stream::of).orElseGet(() -> addresses(nodes));
    Items addresses = Items.copyOf(places.map(place -> Tree.of("ip", place)).toList());
    for (KubeObject ingress : served) {
      if (!ingress.status().items("loadBalancer", "ingress").equals(addresses)) {
        publish(ingress, addresses);
      }
    }
  }

  private static Stream<String> addresses(Collection<KubeObject> nodes) {
    return nodes.stream()
        .filter(IngressStatus::isReady)
        .flatMap(node -> node.status().items("addresses").trees().stream())
        .filter(each -> each.text("type").equals("InternalIP"))
        .map(each -> each.text("address"))
        .sorted();
  }

  private static boolean isReady(KubeObject node) {
    return node.status().items("conditions").trees().stream()
        .anyMatch(each -> each.text("type").equals("Ready") && each.text("status").equals("True"));
  }

  /** A write that fails is made up for by the next change. */
  private void publish(KubeObject ingress, Items addresses) {
    Tree patch = Tree.of("status", Tree.of("loadBalancer", Tree.of("ingress", addresses)));
    client
        .patch(
            Resources.INGRESSES,
            ingress.namespace(),
            ingress.name(),
            "status",
            PatchType.MERGE,
            patch)
        .exceptionally(
            failure -> {
              LOG.debug("the status of {} is not written: {}", ingress.name(), failure.toString());
              return ingress;
            });
  }
}
