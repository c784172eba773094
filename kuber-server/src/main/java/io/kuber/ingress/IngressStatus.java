package io.kuber.ingress;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where Ingresses are served: at every node that is ready. All nodes come to the same list, so
 * that it does not matter which of them writes it.
 */
final class IngressStatus {
  private static final Logger LOG = LoggerFactory.getLogger(IngressStatus.class);

  private final Client client;

  IngressStatus(Client client) {
    this.client = client;
  }

  /** Writes the status of those that do not have it yet; does not wait. */
  void publish(List<KubeObject> served, Collection<KubeObject> nodes) {
    Items addresses =
        Items.copyOf(
            nodes.stream()
                .filter(IngressStatus::isReady)
                .flatMap(node -> node.status().items("addresses").trees().stream())
                .filter(address -> address.text("type").equals("InternalIP"))
                .map(address -> address.text("address"))
                .sorted()
                .map(address -> Tree.of("ip", address))
                .toList());
    for (KubeObject ingress : served) {
      if (!ingress.status().items("loadBalancer", "ingress").equals(addresses)) {
        publish(ingress, addresses);
      }
    }
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
