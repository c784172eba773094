package io.kuber.boot;

import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.schema.Schemas;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import io.kuber.store.Store;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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
  private final Teardown parts = new Teardown();
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
    parts.add(loops);
    CompletableFuture<ClusterTrust> certificates = makeCertificates();
    Store store =
        progress.step(
            "opening the store",
            () -> parts.add(DurableStore.open(options.dataDir(), this::failed, loops)));
    ClusterTrust trust = progress.step("making certificates", () -> made(certificates));
    ControlPlane plane = new ControlPlane(store, loops, trust::tokens, parts);
    progress.step("starting the API server", () -> serve(plane, trust));
    progress.step(
        "starting controllers and scheduler",
        () -> {
          plane.decide(trust.authority().certificatePem());
          return true;
        });
    RunningNodes running =
        nodes.start(plane.halfFor(options.nodeName(), options.dataDir()), progress);
    parts.add(running);
    gateway.connect(running.gateway());
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

  private int serve(ControlPlane plane, ClusterTrust trust) throws Exception {
    Bootstrap bootstrap = plane.bootstrap();
    bootstrap.namespaces();
    bootstrap.standardObjects(plane.catalogue());
    RequestChain chain = plane.chain(gateway, () -> fault.getCount() > 0);
    HttpServer server = parts.add(listen(trust, chain));
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

  /** Stops everything that was started; a part that does not stop well does not keep the others. */
  @Override
  public synchronized void close() {
    parts.close();
  }
}
