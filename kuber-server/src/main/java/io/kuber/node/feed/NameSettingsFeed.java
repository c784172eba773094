package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.dns.DnsRoutes;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ConfigMap {@code kube-dns} of {@code kube-system}, which says whom cluster DNS asks
 * about the names of others. Its keys are those of Kubernetes' own add-on of that name
 * (cluster/addons/dns/kube-dns), {@code stubDomains} and {@code upstreamNameservers}.
 */
public final class NameSettingsFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NameSettingsFeed.class);
  private static final ListOptions SETTINGS = new ListOptions("", "metadata.name=kube-dns");

  private final Consumer<DnsRoutes> routes;
  private final Follower follower;

  private NameSettingsFeed(Client client, Consumer<DnsRoutes> routes, Loop loop) {
    this.routes = routes;
    this.follower =
        new Follower(
            client, Resources.CONFIG_MAPS, "kube-system", SETTINGS, loop, this::settings, () -> {});
  }

  /**
   * Starts a feed.
   *
   * @param routes takes what the ConfigMap says, on the loop; not called before there is one
   */
  public static NameSettingsFeed start(Client client, Consumer<DnsRoutes> routes, Loop loop) {
    NameSettingsFeed feed = new NameSettingsFeed(client, routes, loop);
    feed.follower.start();
    return feed;
  }

  private void settings(String key, @Nullable KubeObject now) {
    try {
      routes.accept(now == null ? DnsRoutes.OF_MACHINE : NameSettings.routes(now));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "names are answered as before, since ConfigMap {} is wrong: {}", key, e.getMessage());
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
