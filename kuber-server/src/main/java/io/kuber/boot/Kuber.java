package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.client.Client;
import io.kuber.http.Handler;
import io.kuber.http.LocalServer;
import io.kuber.http.Peer;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.resource.Catalogue;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.route.Health;
import io.kuber.server.trust.ClientCertificates;
import io.kuber.server.trust.FrontProxy;
import io.kuber.server.trust.SigningKey;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Store;
import io.kuber.store.TreeImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

  private final Teardown parts = new Teardown();
  private final LateGateway gateway = new LateGateway();
  private final KuberOptions options;
  private final Loops loops;
  private final Store store;
  private final Supplier<SigningKey> tokenKey;
  private final ClientCertificates certificates;
  private final FrontProxy proof;
  private final ControlPlane plane;
  private final List<ControlPlane> further = new ArrayList<>();
  private final Client client;
  private final LocalServer server;
  private @Nullable LoopbackPort port;
  private Crew crew;
  private boolean closed;
  private volatile Optional<String> fault = Optional.empty();

  private Kuber(KuberOptions options) throws Exception {
    this.options = options;
    try {
      loops = parts.add(options.loops().orElseGet(ThreadLoops::new));
      store = parts.add(Foundation.store(options, loops, this::failed));
      tokenKey = Foundation.tokenKey(options);
      certificates = new ClientCertificates(loops.clock());
      proof = FrontProxy.inMemory(loops.clock());
      plane = plane(store, loops);
      options.observer().begin(store, loops.clock());
      Bootstrap bootstrap = plane.bootstrap();
      bootstrap.namespaces();
      bootstrap.standardObjects(plane.catalogue());
      plane.aggregation().lead(true);
      server = serve(options.wire().around(plane.chain(ADMIN, gateway, health()), loops));
      client = plane.client(ADMIN);
      crew = Crew.start(plane, options, gateway);
    } catch (Exception e) {
      parts.close();
      throw e;
    }
  }

  private ControlPlane plane(Store seen, Loops own) {
    return new ControlPlane(
        seen,
        own,
        Surroundings.of(tokenKey, certificates.issuing(), gateway::readings, proof)
            .behind(options.wire(), options.observer().witness()),
        parts);
  }

  private LocalServer serve(Handler chain) {
    return parts.add(new LocalServer(chain, new StatusErrors(loops.entropy()::uuid)));
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

  /** The store cannot go on; health checks and every further write tell. */
  private void failed(String message, Throwable cause) {
    LOG.error("the embedded cluster cannot go on: {}", message, cause);
    fault = Optional.of(message);
  }

  private Health health() {
    return new Health(Map.of("store", () -> fault), Map.of());
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

  /** A client of the administrator for a program that goes by a name of its own. */
  public Client client(String program) {
    return plane.client(ADMIN, program);
  }

  /** Where everything runs, by whose clock; they end with the cluster. */
  public Loops loops() {
    return loops;
  }

  /** Gives certificates to clients, by this cluster's clock. */
  public ClientCertificates certificates() {
    return certificates;
  }

  /** Lets those in who show a certificate of this cluster. */
  public CertifiedDoor known() {
    return door(plane, loops);
  }

  private CertifiedDoor door(ControlPlane asked, Loops own) {
    return new CertifiedDoor(asked, certificates, own.clock(), peers -> serve(asked, own, peers));
  }

  private synchronized LocalServer serve(ControlPlane asked, Loops own, Supplier<Peer> peers) {
    Handler chain = options.wire().around(asked.chain(gateway, health(), Map.of()), own);
    return parts.add(new LocalServer(chain, new StatusErrors(loops.entropy()::uuid), peers));
  }

  /**
   * Starts one more API server of this cluster: with the same kinds, users and tokens, and a view
   * of the store that is its own.
   */
  public synchronized FurtherServer serve(FurtherServer.Seat seat) {
    Loops own = seat.loops(loops);
    ControlPlane seated = plane(parts.add(seat.store(store, loops)), own);
    further.add(seated);
    return new FurtherServer(
        seated.client(ADMIN),
        serve(options.wire().around(seated.chain(ADMIN, gateway, health()), own)),
        door(seated, own));
  }

  /**
   * Opens a port of this machine alone, unless there is one already, and returns the kubeconfig
   * that leads to it. That and the certificates are written below the directory, which whoever gave
   * it clears away.
   */
  public synchronized Path listen(Path directory) throws Exception {
    if (port == null) {
      port =
          parts.add(
              LoopbackPort.open(
                  directory,
                  certificates.authority(),
                  loops,
                  options.wire().around(plane.chain(gateway, health(), Map.of()), loops)));
    }
    return port.kubeconfig();
  }

  /**
   * All objects as they are now, in memory: for {@link #goOn} and {@link KuberOptions#inMemory}.
   */
  public TreeImage image() {
    return memory().image();
  }

  /**
   * Goes on from the objects of an image, at a new revision, as a server does that was restored
   * from a backup: watches end with 410, controllers, scheduler and nodes start anew, all deciders
   * that are not paused by the options run. Clients and ports stay.
   */
  public synchronized void goOn(TreeImage image) throws Exception {
    LocalStore memory = memory();
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
    crew.close();
    memory.continueWith(image);
    plane.forgetPromises();
    further.forEach(ControlPlane::forgetPromises);
    crew = Crew.start(plane, options, gateway);
  }

  private Deciders crewDeciders() {
    awaitable();
    return crew.deciders();
  }

  /** Waiting for loops that move only when their owner lets them would never end. */
  private void awaitable() {
    if (options.loops().isPresent()) {
      throw new IllegalStateException("the owner of this cluster's loops has to move them himself");
    }
  }

  private LocalStore memory() {
    if (store instanceof LocalStore memory) {
      return memory;
    }
    throw new IllegalStateException("the objects of a durable cluster are kept in its directory");
  }

  /** The names of all controllers, and of the scheduler. */
  public static List<String> deciders() {
    return Deciders.NAMES;
  }

  /** Throws {@link IllegalArgumentException}, which lists {@link #deciders}, if it is none. */
  public static void checkDecider(String name) {
    Deciders.check(name);
  }

  /** Lets one of the {@link #deciders} do nothing by itself; it begins nothing new on return. */
  public synchronized void pause(String decider) throws InterruptedException {
    Crew.await(crewDeciders().pause(decider));
  }

  /** Lets one that is paused go on with all that waits. */
  public synchronized void resume(String decider) {
    crewDeciders().resume(decider);
  }

  /**
   * Lets a paused controller look at the one key that waits the longest. Returns that key once what
   * was decided is done, or nothing when no key waits.
   *
   * @throws IllegalStateException when the controller is not paused
   */
  public synchronized Optional<Key> step(String controller) throws InterruptedException {
    return Crew.await(crewDeciders().step(controller));
  }

  /** Nobody leads any more: controllers and scheduler decide nothing until {@link #lead}. */
  public synchronized void resign() throws InterruptedException {
    crew.resign();
  }

  /**
   * Controllers and scheduler begin anew with what is stored, as those of another server do that
   * comes to lead; what they had in memory, such as back-offs, is gone.
   */
  public synchronized void lead() throws InterruptedException {
    crew.lead();
  }

  /** Waits until no controller has anything to do but to wait for a time or for being resumed. */
  public synchronized void awaitIdle() throws InterruptedException {
    Crew.await(crewDeciders().idle());
  }

  /** Stops everything; what is under way is cut off. May be repeated. */
  @Override
  public synchronized void close() {
    closed = true;
    crew.close();
    parts.close();
  }
}
