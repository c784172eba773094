package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.node.network.Ipv4;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells which addresses of a pool Services have as their balancers'. Fields belong to the loop,
 * which nobody else may need.
 */
public final class BalancerFeed implements AutoCloseable {
  private final Follower services;
  private final Predicate<String> pool;
  private final Telling<Set<Ipv4>> telling;
  private final Map<String, List<String>> addresses = new TreeMap<>();

  private BalancerFeed(
      Client client, Predicate<String> pool, Consumer<Set<Ipv4>> outlet, Loop loop) {
    this.telling = new Telling<>("addresses of balancers cannot be held", this::all, outlet, loop);
    this.services =
        new Follower(
            client, Resources.SERVICES, ListOptions.ALL, loop, this::service, telling::tell);
    this.pool = pool;
  }

  /**
   * Starts a feed, which tells for the first time when all Services have been listed.
   *
   * @param pool the addresses that count
   * @param outlet is told again a second later if it throws
   */
  public static BalancerFeed start(
      Client client, Predicate<String> pool, Consumer<Set<Ipv4>> outlet, Loop loop) {
    BalancerFeed feed = new BalancerFeed(client, pool, outlet, loop);
    feed.services.start();
    return feed;
  }

  private void service(String key, @Nullable KubeObject now) {
    List<String> own =
        now == null ? List.of() : ServiceView.balancers(now).stream().filter(pool).toList();
    List<String> before = own.isEmpty() ? addresses.remove(key) : addresses.put(key, own);
    if (!own.equals(before == null ? List.of() : before)) {
      telling.outdate();
    }
  }

  private Set<Ipv4> all() {
    Set<Ipv4> all = new TreeSet<>();
    addresses.values().forEach(own -> own.forEach(address -> all.add(Ipv4.parse(address))));
    return all;
  }

  /** Ends the feed; nobody is told anything any more once this returns. */
  @Override
  public void close() {
    services.close();
    telling.close();
  }
}
