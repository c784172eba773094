package io.kuber.ingress;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.http.TlsConfig;
import io.kuber.ingress.route.RoutePlanner;
import io.kuber.ingress.route.RouteTable;
import io.kuber.loop.Loop;
import io.kuber.node.feed.Mirror;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.server.trust.TlsSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server's routes and certificates as the API has them, and says in the status of each
 * Ingress where it is served. Changes that come close together are one update. Fields belong to the
 * loop.
 */
public final class IngressFeed implements AutoCloseable {
  /** Who serves, in {@code spec.controller} of an IngressClass. */
  public static final String CONTROLLER = "kuber.io/ingress";

  /** The name of the class, and the word for it in the old annotation. */
  public static final String CLASS = "kuber";

  private static final Logger LOG = LoggerFactory.getLogger(IngressFeed.class);

  /** From the first change to the update, which takes all changes of that time. */
  private static final Duration GATHERING = Duration.ofMillis(30);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final IngressServer server;
  private final IngressStatus status;
  private final Loop loop;
  private final Mirror ingresses;
  private final Mirror classes;
  private final Mirror services;
  private final Mirror slices;
  private final Mirror secrets;
  private final Mirror nodes;
  private List<String> problems = List.of();
  private boolean updateIsDue;
  private boolean closed;

  private IngressFeed(Client client, IngressServer server, Optional<String> address, Loop loop) {
    this.server = server;
    this.status = new IngressStatus(client, address);
    this.loop = loop;
    this.ingresses = new Mirror(client, Resources.INGRESSES, loop, this::changed);
    this.classes = new Mirror(client, Resources.INGRESS_CLASSES, loop, this::changed);
    this.services = new Mirror(client, Resources.SERVICES, loop, this::changed);
    this.slices = new Mirror(client, Resources.ENDPOINT_SLICES, loop, this::changed);
    this.secrets =
        new Mirror(
            client,
            Resources.SECRETS,
            new ListOptions("", "type=kubernetes.io/tls"),
            loop,
            this::changed);
    this.nodes = new Mirror(client, Resources.NODES, loop, this::changed);
  }

  /**
   * Starts a feed; the first update follows once everything has been listed.
   *
   * @param server updated on the loop, and not closed by this
   * @param address where it is reached, if that is not at the nodes
   * @param loop becomes the feed's
   */
  public static IngressFeed start(
      Client client, IngressServer server, Optional<String> address, Loop loop) {
    IngressFeed feed = new IngressFeed(client, server, address, loop);
    feed.mirrors().forEach(Mirror::start);
    return feed;
  }

  private Stream<Mirror> mirrors() {
    return Stream.of(ingresses, classes, services, slices, secrets, nodes);
  }

  private void changed() {
    if (!updateIsDue && mirrors().allMatch(Mirror::isComplete)) {
      updateIsDue = true;
      loop.schedule(GATHERING, this::update);
    }
  }

  private void update() {
    updateIsDue = false;
    if (closed) {
      return;
    }
    RouteTable routes =
        RoutePlanner.plan(
            CONTROLLER,
            CLASS,
            ingresses.objects(),
            classes.objects(),
            services.objects(),
            slices.objects());
    List<String> found = new ArrayList<>(routes.problems());
    server.update(routes, certificates(routes, found));
    report(found);
    status.publish(
        ingresses.objects().stream()
            .filter(each -> routes.served().contains(nameOf(each)))
            .toList(),
        nodes.objects());
  }

  private Map<String, TlsConfig> certificates(RouteTable routes, List<String> found) {
    Map<String, TlsConfig> certificates = new LinkedHashMap<>();
    Map<String, KubeObject> byName = new LinkedHashMap<>();
    secrets.objects().forEach(secret -> byName.put(nameOf(secret), secret));
    for (String name : Set.copyOf(routes.secrets().values())) {
      KubeObject secret = byName.get(name);
      if (secret == null) {
        found.add("there is no Secret " + name + " of type kubernetes.io/tls");
        continue;
      }
      try {
        certificates.put(name, certificate(secret));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        found.add("Secret " + name + ": " + e.getMessage());
      }
    }
    return certificates;
  }

  private static TlsConfig certificate(KubeObject secret) throws GeneralSecurityException {
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] key = base64.decode(secret.tree().text("data", "tls.key"));
    TlsSecret parsed =
        TlsSecret.parse(
            base64.decode(secret.tree().text("data", "tls.crt")),
            new String(key, StandardCharsets.US_ASCII));
    return new TlsConfig(parsed.key(), parsed.chain(), List.of());
  }

  /** What is wrong is said once. */
  private void report(List<String> found) {
    List<String> sorted = found.stream().distinct().sorted().toList();
    sorted.stream().filter(each -> !problems.contains(each)).forEach(LOG::warn);
    problems = sorted;
  }

  private static String nameOf(KubeObject object) {
    return object.namespace() + "/" + object.name();
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
