package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.dns.DnsZone;
import io.kuber.loop.Loop;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's service addresses and the cluster's names as the API has them. Changes that come
 * close together are one update. Fields belong to the loop, which nobody else may need: an update
 * of the kernel's rules takes milliseconds.
 */
public final class ServiceFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceFeed.class);

  /** From the first change to the update, which takes all changes of that time. */
  private static final Duration GATHERING = Duration.ofMillis(30);

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final String node;
  private final ServiceProxy proxy;
  private final Consumer<DnsZone> names;
  private final Loop loop;
  private final Mirror services;
  private final Mirror slices;
  private final Mirror namespaces;
  private boolean updateIsDue;
  private boolean closed;

  private ServiceFeed(
      Client client, String node, ServiceProxy proxy, Consumer<DnsZone> names, Loop loop) {
    this.node = node;
    this.proxy = proxy;
    this.names = names;
    this.loop = loop;
    this.services = new Mirror(client, Resources.SERVICES, loop, this::changed);
    this.slices = new Mirror(client, Resources.ENDPOINT_SLICES, loop, this::changed);
    this.namespaces = new Mirror(client, Resources.NAMESPACES, loop, this::changed);
  }

  /**
   * Starts a feed; the first update follows once everything has been listed.
   *
   * @param node the name of the node that serves, for services that keep traffic on its node
   * @param proxy updated on the loop, and not closed by this
   * @param names takes the cluster's names, on the loop
   * @param loop becomes the feed's
   */
  public static ServiceFeed start(
      Client client, String node, ServiceProxy proxy, Consumer<DnsZone> names, Loop loop) {
    ServiceFeed feed = new ServiceFeed(client, node, proxy, names, loop);
    feed.mirrors().forEach(Mirror::start);
    return feed;
  }

  private Stream<Mirror> mirrors() {
    return Stream.of(services, slices, namespaces);
  }

  private void changed() {
    if (!updateIsDue && mirrors().allMatch(Mirror::isComplete)) {
      updateIn(GATHERING);
    }
  }

  private void updateIn(Duration delay) {
    updateIsDue = true;
    loop.schedule(delay, this::update);
  }

  private void update() {
    updateIsDue = false;
    if (closed) {
      return;
    }
    try {
      ServicePicture picture = ServicePicture.of(services.objects(), slices.objects(), node);
      List<String> all = namespaces.objects().stream().map(KubeObject::name).toList();
      names.accept(new DnsZone(DnsZone.DEFAULT_DOMAIN, all, picture.names()));
      proxy.update(picture.ports(), picture.backends());
    } catch (RuntimeException e) {
      LOG.warn("service addresses could not be updated, trying again: {}", e.toString());
      updateIn(RETRY);
    }
  }

  /** Ends the feed; there is no update any more once this returns. */
  @Override
  public void close() {
    mirrors().forEach(Mirror::close);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          closed = true;
          ended.complete(null);
        });
    ended.completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }
}
