package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.http.TlsConfig;
import io.kuber.ingress.AccessFile;
import io.kuber.ingress.IngressConfig;
import io.kuber.ingress.IngressFeed;
import io.kuber.ingress.IngressServer;
import io.kuber.loop.Entropy;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.server.trust.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Nodes whose machine also serves Ingresses, of class {@code kuber} and of no class: at two ports
 * of all its addresses.
 */
public final class WithIngress implements NodeHalf {
  private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";
  private static final long TIMEOUT_SECONDS = 10;

  private final NodeHalf nodes;
  private final int plain;
  private final int secure;
  private final Optional<Path> accessLog;

  /**
   * Adds an ingress to nodes.
   *
   * @param plain the port without TLS
   * @param secure the port with TLS
   */
  public WithIngress(NodeHalf nodes, int plain, int secure) {
    this(nodes, plain, secure, Optional.empty());
  }

  private WithIngress(NodeHalf nodes, int plain, int secure, Optional<Path> accessLog) {
    this.nodes = nodes;
    this.plain = plain;
    this.secure = secure;
    this.accessLog = accessLog;
  }

  /** The same with a file that gets a line for each request. */
  public WithIngress withAccessLog(Path file) {
    return new WithIngress(nodes, plain, secure, Optional.of(file));
  }

  @Override
  public void check() throws StartException {
    nodes.check();
  }

  @Override
  public Optional<String> serverAddress() {
    return nodes.serverAddress();
  }

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    Entrance entrance =
        cluster
            .entrance()
            .orElseThrow(
                () -> new StartException("an ingress needs a cluster that has certificates"));
    Teardown teardown = new Teardown();
    try {
      RunningNodes running = teardown.add(nodes.start(cluster, progress));
      progress.step(
          "serving ingresses at ports " + plain + " and " + secure,
          () -> serve(cluster, entrance, teardown));
      return new AccompaniedNodes(running, teardown);
    } catch (Exception | Error e) {
      teardown.close();
      throw e;
    }
  }

  private IngressFeed serve(ServerHalf cluster, Entrance entrance, Teardown teardown)
      throws IOException, StartException {
    Entropy entropy = cluster.loops().entropy();
    IngressConfig config =
        IngressConfig.at(
            plain,
            secure,
            fallback(cluster, entrance),
            () -> entropy.uuid().toString(),
            accessLog(cluster, teardown));
    Client client = cluster.clients().of(User.system("system:kuber"), "kuber-ingress");
    announce(client);
    try {
      return teardown.add(
          IngressFeed.start(
              client,
              teardown.add(IngressServer.start(config)),
              machine(),
              cluster.loops().loop("ingress")));
    } catch (IOException e) {
      throw new StartException(e.getMessage() + "; choose other ports with --ingress HTTP,HTTPS");
    }
  }

  private Consumer<String> accessLog(ServerHalf cluster, Teardown teardown) throws StartException {
    if (accessLog.isEmpty()) {
      return line -> {};
    }
    try {
      return teardown.add(
          AccessFile.open(
              accessLog.get(), cluster.loops().clock(), cluster.loops().loop("ingress-log")));
    } catch (IOException e) {
      throw new StartException(
          "the access log " + accessLog.get() + " cannot be written: " + e.getMessage());
    }
  }

  /** Shown for hosts that have no certificate of their own: nobody trusts it by chance. */
  private static TlsConfig fallback(ServerHalf cluster, Entrance entrance) throws IOException {
    Identity shown =
        entrance.trust().node("ingress", List.of("127.0.0.1"), cluster.loops().clock().instant());
    return new TlsConfig(shown.key(), List.of(shown.certificate()), List.of());
  }

  /** This machine's address, where the nodes are in network namespaces beside it. */
  private Optional<String> machine() {
    return nodes.serverAddress().map(between -> HostAddress.towardsOthers().orElse(between));
  }

  /** Makes the class, which is the one for ingresses that name none; another's work is kept. */
  private static void announce(Client client) {
    KubeObject ingressClass =
        Resources.INGRESS_CLASSES
            .object("", IngressFeed.CLASS)
            .with(Tree.of(DEFAULT, "true"), "metadata", "annotations")
            .with(Tree.of("controller", IngressFeed.CONTROLLER), "spec");
    try {
      client
          .create(Resources.INGRESS_CLASSES, ingressClass)
          .toCompletableFuture()
          .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof ApiException refused
          && refused.reason() == StatusReason.ALREADY_EXISTS)) {
        throw new IllegalStateException(
            "IngressClass " + IngressFeed.CLASS + " cannot be made: " + e.getCause(), e);
      }
    }
  }
}
