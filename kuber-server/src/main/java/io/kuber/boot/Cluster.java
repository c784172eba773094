package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.client.Client;
import io.kuber.client.local.LocalClient;
import io.kuber.controller.Controllers;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.reconcile.Reconciler;
import io.kuber.resource.Kind;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.scheduler.SchedulerLoop;
import io.kuber.schema.Schemas;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.route.Health;
import io.kuber.server.route.ListStreams;
import io.kuber.server.route.PodStreams;
import io.kuber.server.route.Router;
import io.kuber.server.route.Version;
import io.kuber.server.route.WatchStreams;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.store.Store;
import io.kuber.store.StoreException;
import io.kuber.watch.WatchHub;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster in this process: store, API server, controllers, scheduler, and the half that runs
 * pods.
 *
 * <p>{@link #start} wires them in the order of the flow; {@link #close} stops them in the reverse
 * order. Threads: those of {@link ThreadLoops}, of the HTTP server, of the log, and of the node.
 */
public final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final ClusterOptions options;
  private final Progress progress;
  private final Loops loops = new ThreadLoops();
  private final Deque<Part> parts = new ArrayDeque<>();
  private final LateGateway gateway = new LateGateway();
  private final CountDownLatch fault = new CountDownLatch(1);
  private int port;

  private Cluster(ClusterOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Starts a cluster and returns once it serves requests and its nodes are at work.
   *
   * @throws StartException when something is in the way that the owner of the machine can mend
   */
  public static Cluster start(ClusterOptions options, NodeHalf nodes, Progress progress)
      throws Exception {
    nodes.check();
    Cluster cluster = new Cluster(options, progress);
    try {
      cluster.start(nodes);
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private void start(NodeHalf nodes) throws Exception {
    part("loops", loops);
    CompletableFuture<ClusterTrust> certificates = makeCertificates();
    Store store = progress.step("opening the store", this::openStore);
    WatchHub hub = WatchHub.of(store);
    CustomCatalogue catalogue =
        new CustomCatalogue(
            store, BuiltInKinds.catalogue(), new CustomKinds(ConversionReviews.NONE), hub::end);
    part("catalogue", catalogue);
    Api api = new Api(store, hub, catalogue, AdmissionChain.standard(loops), loops);
    Client system = new LocalClient(api, User.system("system:kuber"), loops.loop("system-client"));
    ClusterTrust trust = progress.step("making certificates", () -> made(certificates));
    progress.step("starting the API server", () -> serve(api, store, system, trust));
    progress.step("starting controllers and scheduler", () -> control(api, store, trust));
    ServerHalf half =
        new ServerHalf(
            new LocalClient(
                api, User.system("system:node:" + options.nodeName()), loops.loop("node-client")),
            store,
            loops,
            options.dataDir(),
            options.nodeName());
    RunningNodes running = nodes.start(half, progress);
    part("nodes", running);
    gateway.connect(running.gateway());
  }

  private Store openStore() throws StartException {
    Path directory = options.dataDir().resolve("store");
    try {
      Files.createDirectories(options.dataDir());
      if (!Files.isWritable(options.dataDir())) {
        throw new StartException(
            "cannot write to " + options.dataDir() + "; choose another with --data-dir");
      }
      RaftStore store = RaftStore.open(RaftConfig.of(directory, this::failed), loops);
      part("store", store);
      return store;
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StartException(
          "cannot use the data directory "
              + options.dataDir()
              + ": "
              + e
              + "; choose another with --data-dir");
    }
  }

  /** The store cannot go on: whoever waits for the end of this cluster is told. */
  private void failed(String message, Throwable cause) {
    LOG.error("the cluster stops: {}", message, cause);
    fault.countDown();
  }

  /**
   * Opening the store mostly waits for the disk; certificates are made meanwhile, and the schema is
   * read, which the API server needs at its first write.
   */
  private CompletableFuture<ClusterTrust> makeCertificates() {
    CompletableFuture<ClusterTrust> certificates = new CompletableFuture<>();
    Loop meanwhile = loops.loop("start");
    meanwhile.execute(
        () -> {
          try {
            certificates.complete(trust());
          } catch (IOException | RuntimeException e) {
            certificates.completeExceptionally(e);
          }
        });
    meanwhile.execute(Schemas::builtIn);
    return certificates;
  }

  private static ClusterTrust made(CompletableFuture<ClusterTrust> certificates) throws Exception {
    try {
      return certificates.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private ClusterTrust trust() throws IOException {
    return ClusterTrust.open(
        options.dataDir().resolve("pki"),
        List.of("127.0.0.1", Bootstrap.SERVICE_ADDRESS, HostAddress.find()),
        loops.clock().instant());
  }

  private int serve(Api api, Store store, Client system, ClusterTrust trust) throws Exception {
    Bootstrap bootstrap = new Bootstrap(system);
    bootstrap.namespaces();
    Tunnels tunnels = new Tunnels(gateway, loops.clock());
    part("tunnels", tunnels);
    ServerMetrics metrics = new ServerMetrics(Version.GIT_VERSION);
    Router router =
        new Router(
            api,
            new WatchStreams(loops),
            new ListStreams(loops),
            new PodStreams(store, tunnels),
            health(),
            metrics,
            loops.clock());
    HttpServer server = listen(trust, RequestChain.of(loops, metrics, router::serves, router));
    part("API server", server);
    port = server.port();
    bootstrap.kubernetesService(HostAddress.find(), port);
    Kubeconfig.write(kubeconfig(), "https://127.0.0.1:" + port, trust);
    return port;
  }

  private HttpServer listen(ClusterTrust trust, RequestChain chain) throws Exception {
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(),
            List.of(trust.server().certificate()),
            List.of(trust.authority().certificate()));
    InetSocketAddress address = new InetSocketAddress(options.port());
    try {
      return HttpServer.start(
          HttpServerConfig.https(address, tls).withErrors(new StatusErrors()), chain);
    } catch (IOException e) {
      if (!(e.getCause() instanceof BindException)) {
        throw e;
      }
      throw new StartException(
          "port "
              + options.port()
              + " is taken by another program; choose another with --port, or --port 0 for any");
    }
  }

  private Health health() {
    Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
    checks.put("store", () -> fault.getCount() > 0);
    return new Health(checks);
  }

  private boolean control(Api api, Store store, ClusterTrust trust) {
    Reconciler controllers =
        Controllers.of(
            store,
            client(api, "system:kube-controller-manager"),
            loops,
            () -> api.catalogue().kinds().stream().map(Kind::type).toList(),
            trust.authority().certificatePem());
    controllers.start();
    part("controllers", controllers::stop);
    SchedulerLoop scheduler = new SchedulerLoop(store, client(api, "system:kube-scheduler"), loops);
    scheduler.start();
    part("scheduler", scheduler::stop);
    return true;
  }

  private Client client(Api api, String user) {
    return new LocalClient(api, User.system(user), loops.loop(user));
  }

  /** Where the API server is reached from this machine. */
  public String address() {
    return "https://127.0.0.1:" + port;
  }

  /** The port of the API server. */
  public int port() {
    return port;
  }

  /** The file with which clients reach the cluster. */
  public Path kubeconfig() {
    return options.dataDir().resolve("kubeconfig");
  }

  /** Waits until the store has failed; returns only then. */
  public void awaitFault() throws InterruptedException {
    fault.await();
  }

  private void part(String name, AutoCloseable part) {
    parts.push(new Part(name, part));
  }

  /** Stops everything that was started; a part that does not stop well does not keep the others. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.closeable.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop well", part.name, e);
      }
    }
  }

  private record Part(String name, AutoCloseable closeable) {}
}
