package io.kuber.testkit.time;

import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.json.Yaml;
import io.kuber.loop.Loops;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import io.kuber.testkit.certificate.Certificates;
import io.kuber.testkit.chaos.Faults;
import io.kuber.testkit.history.History;
import io.kuber.testkit.history.ObservedCluster;
import io.kuber.testkit.machine.Machines;
import io.kuber.testkit.manifest.Export;
import io.kuber.testkit.manifest.Loaded;
import io.kuber.testkit.node.SimulatedNodes;
import io.kuber.testkit.server.Servers;
import io.kuber.testkit.webhook.Webhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A whole cluster in one thread and in virtual time: requests are answered at once, everything else
 * happens in {@link #advance} and {@link #settle}.
 *
 * <p>For one thread. Clients that bring threads of their own, such as HTTP clients, do not belong
 * here: what they do would not follow from the seed.
 */
public final class VirtualCluster implements ObservedCluster, AutoCloseable {
  /** How often {@link #await} looks. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final SimulatedLoops loops;
  private final Faults faults;
  private final History history = new History();
  private final Pulse pulse = new Pulse(history);
  private final Kuber kuber;
  private final VirtualHalf half;
  private final Requests requests;
  private final Webhooks webhooks;
  private final Servers servers;
  private final Machines machines;

  private VirtualCluster(VirtualOptions options) throws Exception {
    loops = new SimulatedLoops(options.seed(), options.start());
    half = new VirtualHalf(options.nodes(), history::disturbed);
    faults = new Faults(options.seed(), history::disturbed);
    kuber =
        Kuber.start(
            KuberOptions.inMemory()
                .with(half)
                .on(loops)
                .through(faults.wire().reviewing(Webhooks::before))
                .observedBy(pulse));
    requests = new Requests(kuber.client(), kuber::catalogue, loops);
    webhooks = Webhooks.of(this::client, loops.clock());
    servers = new Servers(kuber, faults, history::disturbed);
    machines = new Machines(kuber, history::disturbed);
  }

  /** Starts a cluster and lets it come to rest, with its nodes ready. */
  public static VirtualCluster start(VirtualOptions options) {
    try {
      VirtualCluster cluster = new VirtualCluster(options);
      cluster.settle();
      return cluster;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the cluster did not start: " + e.getMessage(), e);
    }
  }

  /** The virtual time. */
  public Instant now() {
    return loops.clock().instant();
  }

  /** Lets time pass, with all that happens in it. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards: " + time);
    }
    loops.advance(time);
  }

  /**
   * Lets time pass until nothing is left to do now: all that was asked for has happened, no pod is
   * being started or stopped, and nothing but signs of life was written for 15 seconds. What waits
   * for a later hour, such as the next run of a CronJob, is not waited for.
   *
   * @throws NotSettledException when that is not so within an hour; the message says what moves
   */
  public void settle() {
    new Settling(loops, history, pulse, nodes()).run();
  }

  /**
   * Lets time pass until it is so.
   *
   * @throws NotSettledException when it is not so within that virtual time
   */
  public void await(String what, Duration atMost, BooleanSupplier isSo) {
    if (!await(atMost, isSo)) {
      throw new NotSettledException(
          "not within " + atMost + ": " + what + "; " + history.changed() + " changes so far");
    }
  }

  /** Lets time pass until it is so, and returns whether it came to be. */
  @Override
  public boolean await(Duration atMost, BooleanSupplier isSo) {
    Instant end = now().plus(atMost);
    while (!isSo.getAsBoolean()) {
      if (!now().isBefore(end)) {
        return false;
      }
      loops.advance(LOOK);
    }
    return true;
  }

  /** As long as {@link #settle} would wait. */
  @Override
  public Duration patience() {
    return Settling.LIMIT;
  }

  /** Writes and reads as the administrator. Every stage is complete when it is returned. */
  public Client client() {
    return kuber.client();
  }

  /**
   * Where everything runs; for controllers of the test's own, which then live on the same clock.
   */
  public Loops loops() {
    return loops;
  }

  /** The simulated nodes; they start anew when something is {@linkplain #load loaded}. */
  public SimulatedNodes nodes() {
    return half.running().nodes();
  }

  /** What goes wrong between clients and the API: nothing, until a test says so. */
  public Faults faults() {
    return faults;
  }

  /** The API servers: the one that leads, which {@link #client} asks, and those that follow it. */
  public Servers servers() {
    return servers;
  }

  /** The machines of those who use the cluster, whose clocks may be wrong. */
  public Machines machines() {
    return machines;
  }

  /** Certificates of clients, which begin and end on virtual time. */
  public Certificates certificates() {
    return new Certificates(kuber);
  }

  /** Admission and conversion webhooks of the test's own, as lambdas. */
  public Webhooks webhooks() {
    return webhooks;
  }

  @Override
  public Catalogue catalogue() {
    return kuber.catalogue();
  }

  @Override
  public Image image() {
    return kuber.image();
  }

  @Override
  public History history() {
    return history;
  }

  /**
   * SHA-256 over all changes since the start, in hexadecimal: two runs of one seed that were asked
   * for the same have the same.
   */
  public String digest() {
    return pulse.digest();
  }

  /** Creates the objects of a YAML stream, in its order; any kind that is served will do. */
  public List<KubeObject> create(String yaml) {
    return requests.create(yaml);
  }

  /**
   * Loads a file of manifests, or all files of a directory, as {@code TestCluster.load} does, and
   * lets the cluster come to rest.
   *
   * @throws io.kuber.testkit.manifest.BadManifestException when something is refused; then nothing
   *     is loaded
   */
  public Loaded load(Path manifests) {
    Loaded loaded = requests.load(kuber, manifests);
    settle();
    return loaded;
  }

  /** Writes each object into a file of its own, {@code NAMESPACE/KIND-NAME.yaml}; for load. */
  public void export(Path directory) throws IOException {
    new Export(kuber.image(), kuber.catalogue()).toDirectory(directory);
  }

  /** All objects as one List in YAML, as {@code kubectl get} prints it; for load. */
  public String exportList() {
    return new Export(kuber.image(), kuber.catalogue()).toList();
  }

  /** Merges YAML into an object; the namespace of kinds without one is empty. */
  public KubeObject merge(ResourceType type, String namespace, String name, String yaml) {
    Tree patch = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    return requests.answer(client().patch(type, namespace, name, "", PatchType.MERGE, patch));
  }

  /** Asks for the end of an object. */
  public void delete(ResourceType type, String namespace, String name) {
    requests.answer(client().delete(type, namespace, name, DeleteOptions.DEFAULT));
  }

  /** The object; empty when there is none. */
  public Optional<KubeObject> find(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(image().get(type.key(namespace, name))).map(Stored::object);
  }

  /** The object, which has to be there. */
  public KubeObject get(ResourceType type, String namespace, String name) {
    return find(type, namespace, name)
        .orElseThrow(() -> new IllegalStateException("no " + type.key(namespace, name)));
  }

  /** The objects of a namespace, or of all where it is empty. */
  public List<KubeObject> list(ResourceType type, String namespace) {
    List<KubeObject> objects = new ArrayList<>();
    image()
        .scan(type.qualifiedName(), namespace, null)
        .forEachRemaining(stored -> objects.add(stored.object()));
    return objects;
  }

  /** Stops everything. May be repeated. */
  @Override
  public void close() {
    kuber.close();
    webhooks.close();
  }
}
