package io.kuber.engine.network;

import io.kuber.engine.wire.Filters;
import io.kuber.object.Items;
import io.kuber.object.Tree;

/** Networks as the Engine API shows them; pure. */
final class NetworkTrees {
  private NetworkTrees() {}

  /** A network. */
  static Tree of(Network network) {
    Tree.Builder containers = Tree.builder();
    network.members().values().forEach(one -> containers.put(one.container(), of(network, one)));
    return Tree.builder()
        .put("Name", network.name())
        .put("Id", network.id())
        .put("Created", network.created())
        .put("Scope", "local")
        .put("Driver", network.driver())
        .put("EnableIPv6", false)
        .put("IPAM", Tree.of("Driver", "default", "Options", Tree.EMPTY, "Config", pools(network)))
        .put("Internal", network.internal())
        .put("Attachable", false)
        .put("Ingress", false)
        .put("ConfigFrom", Tree.of("Network", ""))
        .put("ConfigOnly", false)
        .put("Containers", containers.build())
        .put("Options", Tree.ofTexts(network.options()))
        .put("Labels", Tree.ofTexts(network.labels()))
        .build();
  }

  private static Items pools(Network network) {
    if (!NetworkCatalog.isSettled(network)) {
      return Items.EMPTY;
    }
    return Items.of(
        Tree.of("Subnet", network.subnet().toString(), "Gateway", network.gateway().toString()));
  }

  private static Tree of(Network network, Network.Member member) {
    return Tree.of(
        "Name",
        member.names().isEmpty() ? "" : member.names().get(0),
        "EndpointID",
        member.link(),
        "MacAddress",
        EngineNetworks.mac(member),
        "IPv4Address",
        member.address() + "/" + network.subnet().prefix(),
        "IPv6Address",
        "");
  }

  /** Whether a list that is limited so has the network; names and ids may be parts. */
  static boolean admits(Filters filters, Network network) {
    boolean named =
        !filters.has("name") || filters.all("name").stream().anyMatch(network.name()::contains);
    boolean known =
        !filters.has("id") || filters.all("id").stream().anyMatch(network.id()::contains);
    String type = NetworkCatalog.isPredefined(network) ? "builtin" : "custom";
    boolean dangling =
        !filters.has("dangling")
            || filters.isTrue("dangling", false)
                == (type.equals("custom") && network.members().isEmpty());
    return named
        && known
        && dangling
        && filters.admits("driver", network.driver())
        && filters.admits("scope", "local")
        && filters.admits("type", type)
        && filters.admitsLabels("label", network.labels());
  }
}
