package io.kuber.testkit;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.client.Client;
import io.kuber.http.LocalServer;
import io.kuber.resource.Catalogue;
import io.kuber.store.Image;
import io.kuber.testkit.certificate.Certificates;
import io.kuber.testkit.chaos.Faults;
import io.kuber.testkit.cluster.SimulatedHalf;
import io.kuber.testkit.history.History;
import io.kuber.testkit.history.ObservedCluster;
import io.kuber.testkit.machine.Machines;
import io.kuber.testkit.manifest.BadManifestException;
import io.kuber.testkit.manifest.Export;
import io.kuber.testkit.manifest.Loaded;
import io.kuber.testkit.manifest.Loading;
import io.kuber.testkit.manifest.Manifests;
import io.kuber.testkit.manifest.Pace;
import io.kuber.testkit.node.SimulatedNodes;
import io.kuber.testkit.server.Servers;
import io.kuber.testkit.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster of a test's own: a real API server, controllers and scheduler in this process,
 * with nodes that only pretend.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.start(TestClusterOptions.DEFAULT.withNodes(3));
 *     KubernetesClient client = Fabric8.client(cluster.server())) {
 *   Snapshot before = cluster.snapshot();
 *   ...
 *   cluster.restore(before);
 * }
 * }</pre>
 *
 * <p>Nothing is downloaded, and no port is opened unless somebody asks for the {@link #kubeconfig}.
 * For any thread.
 */
public final class TestCluster implements ObservedCluster, AutoCloseable {
  /** A test on a busy machine may have to wait so long for what takes milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestClusterOptions options;
  private final Origin origin;
  private final Faults faults;
  private final Webhooks webhooks;
  private final SimulatedHalf half;
  private final History history = new History();
  private final Kuber kuber;
  private final Servers servers;
  private final Machines machines;
  private @Nullable Path directory;

  private TestCluster(TestClusterOptions options, Origin origin) throws Exception {
    this.options = options;
    this.origin = origin;
    this.faults = new Faults(options.seed(), history::disturbed);
    this.webhooks = Webhooks.of(this::client, history::now);
    this.half = options.half(history::disturbed);
    KuberOptions embedded =
        options
            .embedded()
            .through(faults.wire().reviewing(Webhooks::before))
            .observedBy(history.observer());
    this.kuber = Kuber.start(embedded.with(half));
    this.servers = new Servers(kuber, faults, history::disturbed);
    this.machines = new Machines(kuber, history::disturbed);
  }

  /** A cluster without nodes. */
  public static TestCluster start() throws Exception {
    return start(TestClusterOptions.DEFAULT);
  }

  /**
   * Starts a cluster and returns once its nodes are ready and its controllers have made what every
   * cluster has, such as the service accounts of its namespaces.
   */
  public static TestCluster start(TestClusterOptions options) throws Exception {
    TestCluster cluster = new TestCluster(options, OpenClusters.admit());
    OpenClusters.add(cluster);
    cluster.awaitIdle();
    return cluster;
  }

  /** kuber's own client, as the administrator. */
  public Client client() {
    return kuber.client();
  }

  /** Takes HTTP requests of this process, as the administrator's. */
  public LocalServer server() {
    return kuber.server();
  }

  /**
   * The file with which clients outside this process reach the cluster as its administrator. The
   * first call opens a port of this machine alone; the file lives as long as the cluster.
   */
  public synchronized Path kubeconfig() throws Exception {
    if (directory == null) {
      directory = Files.createTempDirectory("kuber-test");
    }
    return kuber.listen(directory);
  }

  /** All objects as they are now; {@link #snapshot} keeps them for later. */
  @Override
  public Image image() {
    return kuber.image();
  }

  @Override
  public Catalogue catalogue() {
    return kuber.catalogue();
  }

  /** All requests, changes and events of this cluster. */
  @Override
  public History history() {
    return history;
  }

  /**
   * Waits until it is so, looking whenever an object has changed; returns whether it came to be.
   */
  @Override
  public boolean await(Duration atMost, BooleanSupplier isSo) {
    return Interrupts.unchecked(() -> history.await(atMost, isSo));
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  /** All objects as they are now. */
  public Snapshot snapshot() {
    return new Snapshot(kuber.image());
  }

  /**
   * Brings all objects back to what they were, be it in another cluster. Clients stay usable:
   * watches end with 410, as when a server was restored from a backup, and resource versions go on
   * growing. Controllers and nodes start anew, as this cluster's options have them, and nothing is
   * {@linkplain #faults disturbed} any more.
   */
  public void restore(Snapshot snapshot) throws Exception {
    faults.clear();
    servers.mend();
    machines.mend();
    kuber.goOn(snapshot.image());
  }

  /**
   * Loads a file of manifests, or all files of a directory: {@code .yaml}, {@code .yml} and {@code
   * .json}, with any number of documents, also Lists. What was written by hand is created as {@code
   * kubectl create} would. What comes from a cluster, as {@code kubectl get -A -o yaml} prints it,
   * keeps its uid, owners, times and status, and has its nodes simulated, so that a situation can
   * be looked at.
   *
   * @throws BadManifestException when something is refused; then nothing is loaded
   */
  public Loaded load(Path manifests) throws Exception {
    return new Loading(kuber, Pace.of(kuber)).load(Manifests.read(manifests));
  }

  /** Writes each object into a file of its own, {@code NAMESPACE/KIND-NAME.yaml}; for load. */
  public void export(Path directory) throws IOException {
    new Export(kuber.image(), kuber.catalogue()).toDirectory(directory);
  }

  /** All objects as one List in YAML, as {@code kubectl get} prints it; for load. */
  public String exportList() {
    return new Export(kuber.image(), kuber.catalogue()).toList();
  }

  /** Another cluster that begins with what there is in this one; whoever forks closes it. */
  public TestCluster fork() throws Exception {
    return start(options.from(snapshot()));
  }

  /** One controller, or {@code kube-scheduler}, to be led by hand. */
  public ControllerSwitch controller(String name) {
    Kuber.checkDecider(name);
    return new ControllerSwitch(kuber, name);
  }

  /** What goes wrong between clients and the API: nothing, until a test says so. */
  public Faults faults() {
    return faults;
  }

  /** Admission and conversion webhooks of the test's own: lambdas, or at a port over HTTPS. */
  public Webhooks webhooks() {
    return webhooks;
  }

  /**
   * The cluster has no leader any more: controllers and scheduler decide nothing, and writes are
   * answered with 503, until {@link #electLeader}, or until the cluster is set back.
   */
  public void loseLeader() {
    Interrupts.run(servers::loseLeader);
  }

  /** Another server leads: controllers and scheduler begin anew with what is stored. */
  public void electLeader() {
    Interrupts.run(servers::electLeader);
  }

  /** The API servers: the one that leads, which all clients ask, and those that follow it. */
  public Servers servers() {
    return servers;
  }

  /** The machines of those who use the cluster, whose clocks may be wrong. */
  public Machines machines() {
    return machines;
  }

  /** Certificates of clients other than the administrator, within the process and at the port. */
  public Certificates certificates() {
    return new Certificates(kuber);
  }

  /**
   * The simulated nodes, to be silenced and revived, and given further scripts. They start anew
   * when the cluster is set back; ask for them again then.
   */
  public SimulatedNodes nodes() {
    return half.nodes();
  }

  /** Waits until the controllers have nothing to do but to wait: for a time, a node, a client. */
  public void awaitIdle() {
    Interrupts.run(kuber::awaitIdle);
  }

  /** Where it was started, for the one who has forgotten to close it. */
  public Origin origin() {
    return origin;
  }

  /** Stops everything. May be repeated. */
  @Override
  public synchronized void close() {
    OpenClusters.remove(this);
    kuber.close();
    webhooks.close();
    if (directory != null) {
      clear(directory);
      directory = null;
    }
  }

  private static void clear(Path directory) {
    try {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear away " + directory, e);
    }
  }
}
