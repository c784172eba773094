package io.kuber.engine.network;

import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf;
import io.kuber.node.network.AddressPool;
import io.kuber.node.network.Ipv4;
import java.util.HashMap;
import java.util.Map;

/** Which addresses of networks are free. For one thread at a time. */
final class NetworkAddresses {
  private final Map<String, AddressPool> pools = new HashMap<>();

  /**
   * Takes an address.
   *
   * @param wanted the very one, or empty for any
   * @throws EngineException 400 or 403 when it cannot be had, 500 when there is none left
   */
  Ipv4 take(Network network, String wanted) {
    AddressPool pool = pool(network);
    if (wanted.isEmpty()) {
      try {
        return pool.take();
      } catch (IllegalStateException e) {
        throw new EngineException(
            500, "no available IPv4 addresses on network " + network.name(), e);
      }
    }
    if (network.name().equals(NetworkShelf.DEFAULT)) {
      throw EngineException.malformed(
          "user specified IP address is supported on user defined networks only");
    }
    Ipv4 address;
    try {
      address = Ipv4.parse(wanted);
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, "invalid IPv4 address: " + wanted, e);
    }
    if (!network.subnet().contains(address)) {
      throw EngineException.malformed(
          "invalid address "
              + wanted
              + ": it does not belong to any of this network's subnets ("
              + network.subnet()
              + ")");
    }
    if (!pool.claim(address)) {
      throw EngineException.forbidden("Address already in use: " + wanted);
    }
    return address;
  }

  /** Gives back an address that was taken. */
  void giveBack(Network network, Ipv4 address) {
    pool(network).giveBack(address);
  }

  /** A network is gone. */
  void forget(Network network) {
    pools.remove(network.id());
  }

  private AddressPool pool(Network network) {
    return pools.computeIfAbsent(
        network.id(),
        id -> {
          AddressPool pool = new AddressPool(network.subnet());
          pool.claim(network.gateway());
          network.members().values().forEach(member -> pool.claim(member.address()));
          return pool;
        });
  }
}
