package io.kuber.boot;

import static java.util.Objects.requireNonNull;

import com.google.common.net.HostAndPort;
import io.kuber.boot.NodeHalf.Entrance;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.http.HttpServer;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.raft.Leadership;
import io.kuber.raft.Members;
import io.kuber.raft.Quorum;
import io.kuber.raft.RaftStore;
import io.kuber.schema.Schemas;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.encryption.Vault;
import io.kuber.server.member.BackupRoute;
import io.kuber.server.member.Contact;
import io.kuber.server.reach.NodeDialer;
import io.kuber.server.reach.NodesElsewhere;
import io.kuber.server.route.Health;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import io.kuber.server.trust.RenewedKeys;
import io.kuber.server.trust.ServerNames;
import io.kuber.store.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster in this process, or this process' server of one: store, API server, controllers,
 * scheduler, and the half that runs pods, if any.
 *
 * <p>{@link #start} wires them in the order of the flow; {@link #close} stops them in the reverse
 * order, once another server leads where there is one. Threads: those of {@link ThreadLoops}, of
 * the HTTP server, of the log, and of the node.
 */
public final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final ClusterOptions options;
  private final Progress progress;
  private final String host;
  private final Loops loops = new ThreadLoops();
  private final Teardown parts = new Teardown();
  private final CertificateCare care = new CertificateCare(loops);
  private final LateGateway gateway = new LateGateway();
  private final CountDownLatch failed = new CountDownLatch(1);
  private volatile Optional<String> fault = Optional.empty();
  private CompletableFuture<Void> settled = new CompletableFuture<>();
  private Sealing vault = Sealing.NONE;
  private @Nullable Members members;
  private int port;

  private Cluster(ClusterOptions options, NodeHalf nodes, Progress progress) throws IOException {
    this.options = options;
    this.progress = progress;
    Optional<String> known = options.server().map(ServerPlace::address).or(nodes::serverAddress);
    this.host = known.isPresent() ? known.get() : HostAddress.find();
  }

  /**
   * Starts a cluster and returns once it serves requests and its nodes are at work; a server whose
   * peers are missing may then still wait for them, see {@link #ready}.
   *
   * @throws StartException when something is in the way that the owner of the machine can mend
   */
  public static Cluster start(ClusterOptions options, NodeHalf nodes, Progress progress)
      throws Exception {
    nodes.check();
    Cluster cluster = new Cluster(options, nodes, progress);
    try {
      cluster.start(nodes);
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private void start(NodeHalf nodes) throws Exception {
    parts.add(loops);
    care.begin();
    DataDirectory.make(options.dataDir());
    Peers peers = findPeers();
    Loop meanwhile = loops.loop("start");
    CompletableFuture<ClusterKeys> made =
        ClusterKeys.make(options.pki(), reached(), loops.clock(), meanwhile);
    // The API server needs the schema at its first write, and reading it takes a while.
    meanwhile.execute(Schemas::builtIn);
    RaftStore store = progress.step("opening the store", () -> parts.add(open(peers)));
    ClusterKeys keys = progress.step("making certificates", () -> ClusterKeys.await(made));
    ClusterTrust trust = keys.trust();
    if (peers != null) {
      care.add(peers);
    }
    care.add(keys.proof()::look);
    Logins logins = options.logins().opened(loops.clock(), options.network().issuer());
    logins.file().ifPresent(file -> care.add(now -> file.look()));
    ControlPlane plane =
        new ControlPlane(
            store,
            loops,
            Surroundings.of(
                    keys::tokens, trust.issuing(loops.clock()), gateway::readings, keys.proof())
                .with(logins, options.balancers(), PodSecurityFile.in(options.dataDir()))
                .with(options.crowd())
                .giving(options.network())
                .audited(parts.add(options.audit().opened(loops))),
            parts);
    plane.bootstrap().checkAddresses();
    reachNodes(store, trust);
    progress.step("starting the API server", () -> serve(plane, store, trust, peers));
    if (peers != null) {
      peers.enter(store.members().self(), trust, progress);
      parts.add(store::handOver);
    }
    progress.step(
        "starting controllers and scheduler", () -> decide(plane, store, keys, peers != null));
    RunningNodes running = nodes.start(half(plane, trust), progress);
    parts.add(running);
    gateway.connect(running);
  }

  /** Nodes on other machines believe a certificate that this server makes itself, and renews. */
  private void reachNodes(RaftStore store, ClusterTrust trust) throws IOException {
    RenewedKeys keys = new RenewedKeys(trust.clientOfNodes(loops.clock().instant()));
    care.add(
        now -> {
          if (keys.shown().isToBeRenewed(now)) {
            keys.show(trust.clientOfNodes(now));
          }
        });
    NodeDialer dialer = new NodeDialer(keys, trust.authority().certificatePem(), loops.clock());
    gateway.reach(parts.add(new NodesElsewhere(store, dialer)), loops);
  }

  private ServerHalf half(ControlPlane plane, ClusterTrust trust) {
    return plane
        .halfFor(options.nodeName(), options.dataDir())
        .with(options.network().domain(), new Entrance(plane.access(), trust, Entrance.PORT, care));
  }

  private @Nullable Peers findPeers() throws Exception {
    if (options.server().isEmpty()) {
      return null;
    }
    return Peers.find(options, options.server().get(), progress);
  }

  private RaftStore open(@Nullable Peers peers) throws StartException, IOException {
    Vault opened = EncryptionFiles.open(options.dataDir(), options.encryption());
    vault = opened;
    care.add(now -> opened.look());
    DurableStore durable = new DurableStore(options.dataDir(), opened, this::failed, loops);
    return peers == null ? durable.open() : durable.start(peers.peering(loops.clock().instant()));
  }

  /** The store cannot go on: whoever waits for the end of this cluster is told. */
  private void failed(String message, Throwable cause) {
    LOG.error("the cluster stops: {}", message, cause);
    fault = Optional.of(message);
    failed.countDown();
  }

  /** By which the API server is reached. */
  private ServerNames reached() {
    return ServerNames.below(
        options.network().domain().name(),
        List.of("127.0.0.1", options.network().apiAddress(), host));
  }

  private int serve(ControlPlane plane, RaftStore store, ClusterTrust trust, @Nullable Peers peers)
      throws Exception {
    Map<String, RequestHandler> routes = new LinkedHashMap<>();
    routes.put(BackupRoute.PATH, new BackupRoute(store, vault, loops.loop("backup")));
    Map<String, Supplier<Optional<String>>> ready = new LinkedHashMap<>();
    if (peers != null) {
      routes.putAll(peers.routes(store, loops));
      Contact contact = Peers.contact(store, loops);
      ready.put("leader", () -> contact.failure(loops.clock().instant()));
    }
    Health health = new Health(Map.of("store", () -> fault), ready);
    HttpServer server =
        parts.add(
            ApiListener.listen(
                trust,
                plane.proxyAuthorities(),
                options.port(),
                loops,
                plane.chain(gateway, health, routes)));
    port = server.port();
    Kubeconfig.write(kubeconfig(), address(), trust);
    care.add(
        new ShownTrust(
            options.pki(),
            reached(),
            plane.proxyAuthorities(),
            server,
            loops.clock(),
            kubeconfig(),
            address(),
            trust));
    return port;
  }

  /** Returns whether the cluster was ready in time; a server with peers may wait for them. */
  private boolean decide(ControlPlane plane, RaftStore store, ClusterKeys keys, boolean hasPeers)
      throws StartException, InterruptedException {
    HostAndPort own = HostAndPort.fromParts(host, port);
    String authority = keys.trust().authority().certificatePem();
    Upkeep upkeep =
        new Upkeep(
            loops.loop("upkeep"),
            store,
            plane.bootstrap(),
            plane::catalogue,
            () -> ExtensionTrust.map(authority, keys.proof()),
            hasPeers
                ? () -> Upkeep.addresses(store.members())
                : () -> CompletableFuture.completedStage(List.of(own)),
            hasPeers);
    Leadership deciders = plane.deciders(authority);
    store.leadership(
        leads -> {
          deciders.changed(leads);
          upkeep.changed(leads);
        });
    upkeep.begin();
    members = store.members();
    settled = Settling.of(store, upkeep.settled());
    return Settling.within(settled, hasPeers);
  }

  /** Where the API server is reached: from this machine, or from others if it has peers. */
  public String address() {
    return "https://" + (options.server().isPresent() ? host : "127.0.0.1") + ":" + port;
  }

  /** The port of the API server. */
  public int port() {
    return port;
  }

  /** Whether this server has all that was acknowledged, and there is a leader. */
  public boolean isReady() {
    return settled.isDone() && !settled.isCompletedExceptionally();
  }

  /** Completes once this server {@link #isReady}. */
  public CompletionStage<Void> ready() {
    return settled;
  }

  /** How it is with the servers of the cluster, in words. */
  public CompletionStage<String> state() {
    return requireNonNull(members).status().thenApply(all -> new Quorum(all).text());
  }

  /** The file with which clients reach the cluster. */
  public Path kubeconfig() {
    return options.dataDir().resolve("kubeconfig");
  }

  /** Waits until the store has failed; returns only then. */
  public void awaitFault() throws InterruptedException {
    failed.await();
  }

  /** Stops everything that was started; a part that does not stop well does not keep the others. */
  @Override
  public synchronized void close() {
    parts.close();
  }
}
