package io.kuber.boot;

import com.google.common.base.Suppliers;
import io.kuber.access.User;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.client.Client;
import io.kuber.http.LocalServer;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.resource.Catalogue;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.route.Health;
import io.kuber.server.trust.SigningKey;
import io.kuber.store.LocalStore;
import io.kuber.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster embedded in a Java program: store, API, controllers and scheduler, and nodes if wanted;
 * no port, no certificates, and with {@link KuberOptions#inMemory()} no file.
 *
 * <p>The program talks to it through kuber's own {@link #client()}, or sends the requests of any
 * other client to {@link #server()}. For any thread.
 */
public final class Kuber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Kuber.class);

  private static final User ADMIN = User.system("kubernetes-admin");
  private static final String NODE = "kuber";

  private final Teardown parts = new Teardown();
  private final LateGateway gateway = new LateGateway();
  private final ControlPlane plane;
  private final Client client;
  private final LocalServer server;
  private volatile Optional<String> fault = Optional.empty();

  private Kuber(KuberOptions options) throws Exception {
    try {
      Loops loops = parts.add(options.loops().orElseGet(ThreadLoops::new));
      Store store = parts.add(store(options, loops));
      plane = new ControlPlane(store, loops, tokenKey(options), parts);
      Bootstrap bootstrap = plane.bootstrap();
      bootstrap.namespaces();
      bootstrap.standardObjects(plane.catalogue());
      RequestChain chain = plane.chain(ADMIN, gateway, health());
      server = parts.add(new LocalServer(chain, new StatusErrors(loops.entropy()::uuid)));
      client = plane.client(ADMIN);
      plane.deciders("").changed(true);
      if (options.nodes().isPresent()) {
        start(options.nodes().get(), options.dataDir().orElseGet(Kuber::noDirectory));
      }
    } catch (Exception e) {
      parts.close();
      throw e;
    }
  }

  /** Starts a cluster in memory without nodes. */
  public static Kuber start() throws Exception {
    return start(KuberOptions.inMemory());
  }

  /**
   * Starts a cluster and returns once it serves requests and its nodes, if any, are at work.
   *
   * @throws StartException when something is in the way that the owner of the machine can mend
   */
  public static Kuber start(KuberOptions options) throws Exception {
    if (options.nodes().isPresent()) {
      options.nodes().get().check();
    }
    return new Kuber(options);
  }

  private Store store(KuberOptions options, Loops loops) throws StartException {
    return options.dataDir().isPresent()
        ? new DurableStore(options.dataDir().get(), this::failed, loops).open()
        : new LocalStore();
  }

  /** Kept with the store; in memory, where few embedders ask for tokens, made for the first one. */
  private static Supplier<SigningKey> tokenKey(KuberOptions options) throws IOException {
    if (options.dataDir().isEmpty()) {
      return Suppliers.memoize(SigningKey::create);
    }
    SigningKey kept = SigningKey.open(options.dataDir().get().resolve("pki"));
    return () -> kept;
  }

  /** The store cannot go on; health checks and every further write tell. */
  private void failed(String message, Throwable cause) {
    LOG.error("the embedded cluster cannot go on: {}", message, cause);
    fault = Optional.of(message);
  }

  private Health health() {
    return new Health(Map.of("store", () -> fault), Map.of());
  }

  private void start(NodeHalf nodes, Path dataDir) throws Exception {
    RunningNodes running = parts.add(nodes.start(plane.halfFor(NODE, dataDir), Progress.SILENT));
    gateway.connect(running.gateway());
  }

  /** For nodes that keep files although the cluster does not; made by those that do. */
  private static Path noDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "kuber-" + ProcessHandle.current().pid());
  }

  /** A client of the administrator, without HTTP in between. */
  public Client client() {
    return client;
  }

  /** All kinds that are served now, custom ones too. */
  public Catalogue catalogue() {
    return plane.catalogue();
  }

  /** Takes HTTP requests, as the administrator's; impersonation makes them those of others. */
  public LocalServer server() {
    return server;
  }

  /** Stops everything; what is under way is cut off. May be repeated. */
  @Override
  public synchronized void close() {
    parts.close();
  }
}
