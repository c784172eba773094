package io.kuber.engine.network;

import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkMembers;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Filters;
import io.kuber.engine.wire.Routes;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /networks} of the Engine API. */
public final class NetworkEndpoints {
  private final EngineNetworks networks;
  private final NetworkMembers members;

  /**
   * @param members puts containers into networks
   */
  public NetworkEndpoints(EngineNetworks networks, NetworkMembers members) {
    this.networks = networks;
    this.members = members;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .add("GET", "/networks", this::list)
        .add("GET", "/networks/{id}", this::inspect)
        .add("POST", "/networks/create", this::create)
        .add("DELETE", "/networks/{id}", this::remove)
        .add("POST", "/networks/{id}/connect", this::connect)
        .add("POST", "/networks/{id}/disconnect", this::disconnect)
        .add("POST", "/networks/prune", this::prune);
  }

  private void list(Call call) throws IOException {
    Filters filters =
        call.filters().allow("name", "id", "driver", "label", "type", "scope", "dangling");
    call.json(
        Items.copyOf(
            networks.catalog().all().stream()
                .filter(network -> NetworkTrees.admits(filters, network))
                .map(NetworkTrees::of)
                .toList()));
  }

  private void inspect(Call call) throws IOException {
    call.json(NetworkTrees.of(networks.catalog().find(call.path("id"))));
  }

  private void create(Call call) throws IOException {
    Tree body = call.body();
    String driver = body.text("Driver");
    if (!driver.isEmpty() && !driver.equals(Network.BRIDGE_DRIVER)) {
      throw EngineException.absent("Driver: plugin \"" + driver + "\" not found: use bridge");
    }
    if (body.isTrue("EnableIPv6")) {
      throw EngineException.malformed("EnableIPv6: networks have IPv4 only");
    }
    Items pools = body.items("IPAM", "Config");
    if (pools.size() > 1) {
      throw EngineException.malformed("IPAM.Config: a network has one subnet");
    }
    Tree pool = pools.isEmpty() ? Tree.EMPTY : pools.tree(0);
    if (!pool.text("IPRange").isEmpty()) {
      throw EngineException.malformed("IPAM.Config.IPRange: addresses are from the whole subnet");
    }
    Network network =
        networks.create(
            new NetworkRequest(
                body.text("Name"),
                some(pool.text("Subnet")),
                some(pool.text("Gateway")),
                body.isTrue("Internal"),
                body.tree("Labels").texts(),
                body.tree("Options").texts()));
    call.json(201, Tree.of("Id", network.id(), "Warning", ""));
  }

  private static Optional<String> some(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }

  private void remove(Call call) throws IOException {
    networks.remove(call.path("id"));
    call.done();
  }

  private void connect(Call call) throws IOException {
    Tree body = call.body();
    Network network = networks.catalog().find(call.path("id"));
    members.join(
        network.name(),
        body.text("Container"),
        body.items("EndpointConfig", "Aliases").texts(),
        body.text("EndpointConfig", "IPAMConfig", "IPv4Address"));
    call.empty(200);
  }

  private void disconnect(Call call) throws IOException {
    Tree body = call.body();
    Network network = networks.catalog().find(call.path("id"));
    members.leave(network.name(), body.text("Container"), body.isTrue("Force"));
    call.empty(200);
  }

  private void prune(Call call) throws IOException {
    Filters filters = call.filters().allow("label");
    List<String> removed = new ArrayList<>();
    for (Network network : networks.catalog().unused().toList()) {
      if (filters.admitsLabels("label", network.labels())) {
        networks.remove(network.id());
        removed.add(network.name());
      }
    }
    call.json(Tree.of("NetworksDeleted", Items.copyOf(removed)));
  }
}
