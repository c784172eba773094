package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.remote.ApiServers;
import io.kuber.loop.Loop;
import io.kuber.node.feed.Mirror;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Learns where the API's servers are, from the endpoints of the Service {@code kubernetes}. A
 * server that was given by a name, as that of a balancer, stays one of them. Owned by its loop.
 */
final class ServersFeed implements AutoCloseable {
  private static final ListOptions KUBERNETES =
      new ListOptions("kubernetes.io/service-name=kubernetes", "");

  private final ApiServers servers;
  private final Consumer<List<URI>> onChange;
  private final Mirror slices;

  private ServersFeed(Client client, ApiServers servers, Consumer<List<URI>> onChange, Loop loop) {
    this.servers = servers;
    this.onChange = onChange;
    this.slices = new Mirror(client, Resources.ENDPOINT_SLICES, KUBERNETES, loop, this::heard);
  }

  /** Begins; {@code onChange} runs on the loop whenever the servers are others than before. */
  static ServersFeed start(
      Client client, ApiServers servers, Consumer<List<URI>> onChange, Loop loop) {
    ServersFeed feed = new ServersFeed(client, servers, onChange, loop);
    feed.slices.start();
    return feed;
  }

  private void heard() {
    List<URI> now =
        new ArrayList<>(
            slices.objects().stream()
                .filter(slice -> slice.namespace().equals("default"))
                .flatMap(slice -> of(slice.tree()).stream())
                .toList());
    if (!slices.isComplete() || now.isEmpty()) {
      return;
    }
    servers.all().stream()
        .filter(server -> !server.getHost().matches("[0-9.]+") && !now.contains(server))
        .forEach(now::add);
    if (!now.equals(servers.all())) {
      servers.know(now);
      onChange.accept(now);
    }
  }

  /** The servers of one slice. */
  static List<URI> of(Tree slice) {
    long port =
        slice.items("ports").trees().stream()
            .mapToLong((Tree each) -> each.number(0, "port"))
            .findFirst()
            .orElse(0);
    return slice.items("endpoints").trees().stream()
        .flatMap(endpoint -> endpoint.items("addresses").texts().stream())
        .filter(address -> port > 0)
        .map(address -> URI.create("https://" + address + ":" + port))
        .toList();
  }

  @Override
  public void close() {
    slices.close();
  }
}
