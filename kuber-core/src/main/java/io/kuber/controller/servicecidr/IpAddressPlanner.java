package io.kuber.controller.servicecidr;

import com.google.common.net.InetAddresses;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What IPAddresses there are to be (ipallocator/ipallocator.go, repairip.go). Pure. */
final class IpAddressPlanner {
  private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
  private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
  private static final String ALLOCATOR = "ipallocator.k8s.io";

  private IpAddressPlanner() {}

  /** The addresses that a Service has. */
  static List<String> addresses(KubeObject service) {
    return service.spec().text("type").equals("ExternalName")
        ? List.of()
        : service.spec().items("clusterIPs").texts().stream()
            .filter(InetAddresses::isInetAddress)
            .toList();
  }

  /** Whether the cluster has made it, and not somebody who keeps an address for himself. */
  static boolean isManaged(KubeObject address) {
    return ALLOCATOR.equals(address.labels().get(MANAGED_BY));
  }

  /** The Service that an IPAddress is of; empty where it is of something else. */
  static Optional<Key> service(KubeObject address) {
    Tree parent = address.spec().tree("parentRef");
    return parent.text("group").isEmpty() && parent.text("resource").equals("services")
        ? Optional.of(Resources.SERVICES.key(parent.text("namespace"), parent.text("name")))
        : Optional.empty();
  }

  /** Makes what is missing; one that a Service had before, and nobody has now, is made anew. */
  static Plan ofService(KubeObject service, Function<Key, Optional<KubeObject>> there) {
    Plan.Builder plan = Plan.builder();
    Key own = Resources.SERVICES.keyOf(service);
    for (String text : addresses(service)) {
      Optional<KubeObject> present = there.apply(Resources.IP_ADDRESSES.key("", text));
      if (present.isEmpty()) {
        plan.then(new Action.Create(Resources.IP_ADDRESSES, made(text, own)));
      } else if (isLeftOver(present.get(), there)) {
        plan.then(Action.delete(Resources.IP_ADDRESSES, present.get()))
            .then(new Action.Create(Resources.IP_ADDRESSES, made(text, own)));
      }
    }
    return plan.build();
  }

  /** Removes what no Service has; what people have made stays. */
  static Plan ofAddress(KubeObject address, Function<Key, Optional<KubeObject>> there) {
    return isLeftOver(address, there)
        ? Plan.of(Action.delete(Resources.IP_ADDRESSES, address))
        : Plan.NOTHING;
  }

  private static boolean isLeftOver(KubeObject address, Function<Key, Optional<KubeObject>> there) {
    return isManaged(address)
        && service(address)
            .flatMap(there)
            .filter(service -> addresses(service).contains(address.name()))
            .isEmpty();
  }

  private static KubeObject made(String text, Key service) {
    boolean isLong = InetAddresses.forString(text) instanceof Inet6Address;
    return Resources.IP_ADDRESSES
        .object("", text)
        .with(
            Tree.of(FAMILY, isLong ? "IPv6" : "IPv4", MANAGED_BY, ALLOCATOR), "metadata", "labels")
        .with(
            Tree.of(
                "parentRef",
                Tree.of(
                    "group",
                    "",
                    "resource",
                    "services",
                    "namespace",
                    service.namespace(),
                    "name",
                    service.name())),
            "spec");
  }
}
