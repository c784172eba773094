package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.dns.DnsZone;
import io.kuber.loop.Loop;
import io.kuber.node.proxy.HealthReports;
import io.kuber.node.proxy.MachinePorts;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's service addresses, its network policies and the cluster's names as the API has
 * them. Changes that come close together are one update. Fields belong to the loop, which nobody
 * else may need: an update of the kernel's rules takes milliseconds.
 */
public final class ServiceFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceFeed.class);

  /** From the first change to the update, which takes all changes of that time. */
  private static final Duration GATHERING = Duration.ofMillis(30);

  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final ServiceBoard services;
  private final PolicyBoard policies;
  private final NodePortWatch nodePorts;
  private final Set<String> namespaces = new TreeSet<>();
  private final Outlets outlets;
  private final Loop loop;
  private final List<Follower> followers;

  private final HostPortBoard hostPorts = new HostPortBoard();

  /** Begins with the first policy: a node without any need not hear of all pods. */
  private final Follower pods;

  private @Nullable KubeObject nodeObject;

  private boolean podsAreFollowed;
  private String zone = "";
  private boolean zoneChanged;
  private boolean isNodeKnown;
  private boolean namespacesChanged;
  private DnsZone names;
  private boolean isRefused;
  private boolean updateIsDue;
  private boolean closed;

  /**
   * Where what a feed hears goes, on its loop.
   *
   * @param proxy not closed by the feed
   * @param names takes the cluster's names whenever they changed
   * @param health takes the ports at which balancers ask
   * @param warnings takes what people have to know of the node
   * @param machine knows which ports programs of the node's machine have
   */
  public record Outlets(
      ServiceProxy proxy,
      Consumer<DnsZone> names,
      HealthReports health,
      Warnings warnings,
      MachinePorts machine) {}

  private ServiceFeed(Client client, String node, String domain, Outlets outlets, Loop loop) {
    this.names = DnsZone.of(domain, Set.of(), Set.of());
    this.services = new ServiceBoard(node);
    this.policies = new PolicyBoard(node);
    this.nodePorts = new NodePortWatch(node, outlets.machine(), outlets.warnings());
    this.outlets = outlets;
    this.loop = loop;
    ListOptions all = ListOptions.ALL;
    ListOptions own = new ListOptions("", "metadata.name=" + node);
    List<Follower> always =
        List.of(
            new Follower(client, Resources.SERVICES, all, loop, this::service, this::changed),
            new Follower(
                client, Resources.ENDPOINT_SLICES, all, loop, services::slice, this::changed),
            new Follower(client, Resources.NAMESPACES, all, loop, this::namespace, this::changed),
            new Follower(
                client, Resources.NETWORK_POLICIES, all, loop, policies::policy, this::changed),
            new Follower(client, Resources.NODES, own, loop, this::node, this::nodeHeard));
    this.followers =
        Stream.concat(always.stream(), podsOf(node).map(here -> hostPorts(client, here))).toList();
    this.pods = new Follower(client, Resources.PODS, all, loop, policies::pod, this::podsHeard);
  }

  /** Starts a feed of a cluster that has not chosen a domain of its own. */
  public static ServiceFeed start(Client client, String node, Outlets outlets, Loop loop) {
    return start(client, node, DnsZone.DEFAULT_DOMAIN, outlets, loop);
  }

  /**
   * Starts a feed; the first update follows once everything has been listed.
   *
   * @param node the name of the node that serves, for services that keep traffic on its node
   * @param domain below which names are
   * @param loop becomes the feed's; others whom the proxy listens to have to be on it too
   */
  public static ServiceFeed start(
      Client client, String node, String domain, Outlets outlets, Loop loop) {
    ServiceFeed feed = new ServiceFeed(client, node, domain, outlets, loop);
    feed.followers.forEach(Follower::start);
    return feed;
  }

  /** Where there is no node there are no pods of it. */
  private static Stream<ListOptions> podsOf(String node) {
    return node.isEmpty()
        ? Stream.empty()
        : Stream.of(new ListOptions("", "spec.nodeName=" + node));
  }

  private Follower hostPorts(Client client, ListOptions here) {
    return new Follower(client, Resources.PODS, here, loop, hostPorts::pod, this::podsOfNodeHeard);
  }

  private void service(String key, @Nullable KubeObject now) {
    services.service(key, now);
    nodePorts.service(key, now);
  }

  private void namespace(String key, @Nullable KubeObject now) {
    String name = key.substring(key.indexOf('/') + 1);
    policies.namespace(name, now);
    namespacesChanged |= now == null ? namespaces.remove(name) : namespaces.add(name);
  }

  /** A node changes with every heartbeat, its zone hardly ever. */
  private void node(String key, @Nullable KubeObject now) {
    nodeObject = now;
    String next = now == null ? "" : now.labels().getOrDefault(ZONE, "");
    zoneChanged |= !next.equals(zone);
    zone = next;
  }

  private void nodeHeard() {
    if (zoneChanged || !isNodeKnown) {
      zoneChanged = false;
      isNodeKnown = true;
      changed();
    }
  }

  /** Most pods have no port of their node, and the others keep theirs. */
  private void podsOfNodeHeard() {
    if (hostPorts.isStale()) {
      changed();
    }
  }

  /** Pods change all the time in ways that no policy sees. */
  private void podsHeard() {
    if (policies.isStale()) {
      changed();
    }
  }

  private void changed() {
    if (policies.hasPolicies() && !podsAreFollowed) {
      podsAreFollowed = true;
      pods.start();
    }
    if (!updateIsDue && isComplete()) {
      updateIn(GATHERING);
    }
  }

  private boolean isComplete() {
    return followers.stream().allMatch(Follower::isComplete)
        && (!policies.hasPolicies() || pods.isComplete());
  }

  private void updateIn(Duration delay) {
    updateIsDue = true;
    loop.schedule(delay, this::update);
  }

  private void update() {
    updateIsDue = false;
    if (closed || !isComplete()) {
      return;
    }
    try {
      tellNames();
      outlets.proxy().update(services.served(zone).and(hostPorts.served()), policies.planned());
      outlets.health().report(services.checks(), true);
      isRefused = false;
    } catch (RuntimeException e) {
      LOG.warn(
          "rules of services and policies could not be updated, trying again: {}", e.toString());
      outlets.health().report(services.checks(), false);
      warn(e);
      updateIn(RETRY);
    }
  }

  /** Said once each time it begins to be true. */
  private void warn(RuntimeException refusal) {
    if (!isRefused && nodeObject != null) {
      outlets
          .warnings()
          .warn(
              nodeObject,
              "FailedToUpdateServiceRules",
              "Services, host ports and network policies are served as before, and what has changed"
                  + " since is tried again every second: "
                  + refusal.getMessage());
    }
    isRefused = true;
  }

  private void tellNames() {
    if (services.namesChanged() || namespacesChanged) {
      names = services.renamed(namespacesChanged ? names.inNamespaces(namespaces) : names);
      namespacesChanged = false;
      outlets.names().accept(names);
    }
  }

  /** Ends the feed; there is no update any more once this returns. */
  @Override
  public void close() {
    followers.forEach(Follower::close);
    pods.close();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          closed = true;
          ended.complete(null);
        });
    ended.completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }
}
