package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A socket that takes what clients send to one front end. Owned by the relay's thread. */
abstract class Listener implements RelayLoop.Handler {
  private Balance balance;

  Listener(Balance balance) {
    this.balance = balance;
  }

  /** Sends new clients elsewhere; those that are there stay. */
  void balance(Balance next) {
    balance = next;
  }

  /**
   * An endpoint for a client: always the same one if the service wants that; none if the client is
   * not served. Pods count as the world here: their addresses say nothing without their network.
   */
  Optional<Endpoint> choose(InetAddress client) {
    List<Endpoint> endpoints =
        client.isLoopbackAddress() ? balance.endpoints() : balance.forWorld();
    if (endpoints.isEmpty() || !admits(client)) {
      return Optional.empty();
    }
    int index =
        balance.isSticky()
            ? Math.floorMod(client.hashCode() * 0x9e3779b9 >>> 1, endpoints.size())
            : ThreadLocalRandom.current().nextInt(endpoints.size());
    return Optional.of(endpoints.get(index));
  }

  private boolean admits(InetAddress client) {
    return !balance.isRestricted()
        || (client instanceof Inet4Address
            && balance.sources().contains(Ipv4.parse(client.getHostAddress())));
  }
}
