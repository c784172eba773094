package io.kuber.controller.signingrequest;

import io.kuber.access.CertificateWish;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names a node may have certified as a server without a person's word: its own, and addresses
 * that its Node tells, but none by which somebody else is known. The cluster's authority vouches
 * for the API's servers and for webhooks, too, and a node must not pass for one of them. Pure.
 */
final class ServingRules {
  /** Names that the API's servers have, and those of this machine whoever asks. */
  private static final Set<String> OTHERS =
      Set.of("localhost", "kubernetes", "kubernetes.default", "kube-apiserver");

  private ServingRules() {}

  /**
   * Whether all names are the node's.
   *
   * @param node the Node; without one there are no addresses either
   * @param servers the addresses of the API's servers
   */
  static boolean allow(
      String name, CertificateWish wish, Optional<KubeObject> node, Set<String> servers) {
    Set<String> own = node.map(ServingRules::addresses).orElse(Set.of());
    return wish.dnsNames().stream().allMatch(name::equals)
        && !isSomebodys(name)
        && wish.addresses().stream()
            .allMatch(
                address ->
                    own.contains(address) && !servers.contains(address) && !isShared(address));
  }

  private static boolean isSomebodys(String name) {
    return OTHERS.contains(name) || name.endsWith(".svc") || name.contains(".svc.");
  }

  /** Addresses of Services, and those of each machine itself. */
  private static boolean isShared(String address) {
    return address.startsWith("127.") || address.matches("10\\.(9[6-9]|10\\d|11[01])\\..*");
  }

  private static Set<String> addresses(KubeObject node) {
    return node.status().items("addresses").trees().stream()
        .filter(each -> each.text("type").endsWith("IP"))
        .map((Tree each) -> each.text("address"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
