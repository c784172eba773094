package io.kuber.node.proxy;

import java.net.InetAddress;
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

  /** An endpoint for a client: always the same one if the service wants that. */
  Endpoint choose(InetAddress client) {
    int count = balance.endpoints().size();
    int index =
        balance.isSticky()
            ? Math.floorMod(client.hashCode() * 0x9e3779b9 >>> 1, count)
            : ThreadLocalRandom.current().nextInt(count);
    return balance.endpoints().get(index);
  }
}
