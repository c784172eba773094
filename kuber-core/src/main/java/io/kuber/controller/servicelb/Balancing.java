package io.kuber.controller.servicelb;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Comparator;
import java.util.List;

/** What a Service says of its balancer. Pure. */
final class Balancing {
  /** The class that means this pool, as the absence of one does. */
  static final String CLASS = "kuber.io/load-balancer";

  /** Whoever was there first has the better claim. */
  static final Comparator<KubeObject> BY_AGE =
      Comparator.<KubeObject, String>comparing(s -> s.metadata().text("creationTimestamp"))
          .thenComparing(KubeObject::namespace)
          .thenComparing(KubeObject::name);

  private Balancing() {}

  static boolean isBalanced(KubeObject service) {
    return service.spec().text("type").equals("LoadBalancer");
  }

  /** Whether its addresses come from here, and from no other balancer. */
  static boolean isOurs(KubeObject service) {
    String named = service.spec().text("loadBalancerClass");
    return named.isEmpty() || named.equals(CLASS);
  }

  /** The address it asks for; empty if any will do. */
  static String wish(KubeObject service) {
    return service.spec().text("loadBalancerIP");
  }

  /** The addresses that its status names. */
  static List<String> addresses(KubeObject service) {
    return service.status().items("loadBalancer", "ingress").trees().stream()
        .map(point -> point.text("ip"))
        .filter(address -> !address.isEmpty())
        .toList();
  }

  /** The service with this address and no other. */
  static KubeObject at(KubeObject service, String address) {
    Tree point = Tree.of("ip", address, "ipMode", "VIP");
    return service.with(Tree.of("ingress", Items.of(point)), "status", "loadBalancer");
  }

  /** The service without any address. */
  static KubeObject nowhere(KubeObject service) {
    return addresses(service).isEmpty()
            && service.status().items("loadBalancer", "ingress").isEmpty()
        ? service
        : service.with(Tree.EMPTY, "status", "loadBalancer");
  }
}
