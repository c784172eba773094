package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.node.network.Ipv4;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which addresses of a pool Services have as their balancers'. Fields belong to the loop,
 * which nobody else may need.
 */
public final class BalancerFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BalancerFeed.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Follower services;
  private final Predicate<String> pool;
  private final Consumer<Set<Ipv4>> outlet;
  private final Loop loop;
  private final Map<String, List<String>> addresses = new TreeMap<>();
  private boolean isStale = true;
  private boolean retryIsDue;
  private boolean closed;

  private BalancerFeed(
      Client client, Predicate<String> pool, Consumer<Set<Ipv4>> outlet, Loop loop) {
    this.services =
        new Follower(
            client, Resources.SERVICES, ListOptions.ALL, loop, this::service, this::changed);
    this.pool = pool;
    this.outlet = outlet;
    this.loop = loop;
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
    isStale |= !own.equals(before == null ? List.of() : before);
  }

  private void changed() {
    if (!isStale || closed) {
      return;
    }
    Set<Ipv4> all = new TreeSet<>();
    addresses.values().forEach(own -> own.forEach(address -> all.add(Ipv4.parse(address))));
    try {
      outlet.accept(all);
      isStale = false;
    } catch (RuntimeException e) {
      LOG.warn("addresses of balancers cannot be held, trying again: {}", e.toString());
      retry();
    }
  }

  private void retry() {
    if (!retryIsDue) {
      retryIsDue = true;
      loop.schedule(
          RETRY,
          () -> {
            retryIsDue = false;
            changed();
          });
    }
  }

  /** Ends the feed; nobody is told anything any more once this returns. */
  @Override
  public void close() {
    services.close();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          closed = true;
          ended.complete(null);
        });
    ended.completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }
}
