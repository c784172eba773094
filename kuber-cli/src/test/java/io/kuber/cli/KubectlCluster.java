package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.net.InetAddresses;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterNetwork;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.LocalNode;
import io.kuber.boot.NodeGroup;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.NodePlace;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import io.kuber.boot.WithBalancers;
import io.kuber.controller.servicelb.BalancerPool;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A cluster for the tests of a class, and the kubectl programs that work with it: those of {@code
 * KUBER_KUBECTLS}, separated by colons, or the one of the machine. Without a program, or where the
 * nodes cannot run, the tests are skipped and say so.
 */
final class KubectlCluster implements BeforeAllCallback, AfterAllCallback {
  /** Method source of all programs. */
  static final String PROGRAMS = "io.kuber.cli.KubectlCluster#programs";

  /** Method source of the programs of 1.28 and later; there may be none. */
  static final String NEWER_PROGRAMS = "io.kuber.cli.KubectlCluster#newerPrograms";

  /** Of a block that is nobody's (RFC 5737). */
  private static final String ADDRESS = "192.0.2.1";

  private static final String BALANCERS_LINK = "kuber-test-vip";

  private static final int NEWER = 28;
  private static final Pattern MINOR = Pattern.compile("v1\\.(\\d+)\\.");
  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static final AtomicInteger CLUSTERS = new AtomicInteger();

  private final Supplier<Path> directory;
  private final String description;
  private final String node;
  private final Function<ClusterNetwork, NodeHalf> nodes;
  private final boolean apart;
  private BalancerPool balancers = BalancerPool.NONE;
  private ClusterNetwork network = ClusterNetwork.STANDARD;
  private @Nullable TestNamespace namespace;
  private @Nullable Cluster cluster;

  /**
   * A cluster that starts before the first test.
   *
   * @param directory where everything is kept, once tests begin
   * @param node the name of this machine, where it is a node
   */
  KubectlCluster(Supplier<Path> directory, String node, NodeHalf nodes) {
    this(directory, "nodes of the machine", node, network -> nodes, false);
  }

  private KubectlCluster(
      Supplier<Path> directory,
      String description,
      String node,
      Function<ClusterNetwork, NodeHalf> nodes,
      boolean apart) {
    this.directory = directory;
    this.description = description;
    this.node = node;
    this.nodes = nodes;
    this.apart = apart;
  }

  /**
   * A cluster with this machine as its node, all of it in a network namespace of its own, with
   * kubectl beside it: several can be at work at once.
   */
  static KubectlCluster apart(Supplier<Path> directory, String node) {
    return apart(directory, node, nodes -> nodes);
  }

  /** The same, with something around its node. */
  static KubectlCluster apart(
      Supplier<Path> directory, String node, UnaryOperator<NodeHalf> around) {
    String instance = instance();
    return new KubectlCluster(
        directory,
        "one node",
        node,
        network -> around.apply(new LocalNode(network.of(place(directory, instance)))),
        true);
  }

  /** The same with several nodes, {@code node-1} and so on, which that machine routes between. */
  static KubectlCluster ofNodes(Supplier<Path> directory, int nodes) {
    return ofNodes(directory, nodes, half -> half);
  }

  /** The same, with something around its nodes. */
  static KubectlCluster ofNodes(
      Supplier<Path> directory, int nodes, UnaryOperator<NodeHalf> around) {
    String instance = instance();
    return new KubectlCluster(
        directory,
        nodes + " nodes",
        "unused",
        network ->
            around.apply(
                new NodeGroup(nodes, network.of(place(directory, instance)), ImagePlaces.STANDARD)),
        true);
  }

  /** The same with addresses for Services of type LoadBalancer; to be said before it starts. */
  KubectlCluster withBalancers(String addresses) {
    balancers = BalancerPool.parse(addresses);
    return this;
  }

  /** The same with other names and addresses; to be said before it starts. */
  KubectlCluster with(ClusterNetwork other) {
    network = other;
    return this;
  }

  private static String instance() {
    return "node-test-" + ProcessHandle.current().pid() + "-cli-" + CLUSTERS.incrementAndGet();
  }

  private static NodePlace place(Supplier<Path> directory, String instance) {
    return new NodePlace(
        directory.get().resolve("machine/node"), instance, PodNetworkConfig.standard("kuber-test"));
  }

  /** Arguments of tests: each cluster with each program. */
  static Stream<Arguments> each(KubectlCluster... clusters) {
    return Stream.of(clusters)
        .flatMap(cluster -> programs().map(program -> Arguments.of(cluster, program)));
  }

  static Stream<Path> programs() {
    String named = System.getenv().getOrDefault("KUBER_KUBECTLS", "/usr/bin/kubectl");
    return Stream.of(named.split(":", -1)).map(Path::of).filter(Files::isExecutable);
  }

  static Stream<Path> newerPrograms() {
    return programs().filter(KubectlCluster::isNewer);
  }

  /** Whether the program is of 1.28 or later. */
  static boolean isNewer(Path program) {
    return minor(program) >= NEWER;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    assumeTrue(
        programs().findAny().isPresent(),
        "no kubectl: name some in KUBER_KUBECTLS, or install Debian's kubernetes-client");
    if (apart) {
      namespace = TestNamespace.create();
      namespace.run(KubectlCluster::giveAddress);
    }
    cluster = inside(this::start);
  }

  /** The machine's address, by which pods reach the API; it leads nowhere else. */
  private static void giveAddress() {
    try (RouteNetlink routes = RouteNetlink.open(Syscalls.linux())) {
      InetAddress address = InetAddresses.forString(ADDRESS);
      routes.addAddress(RouteNetlink.LOOPBACK, (Inet4Address) address, Integer.SIZE);
    }
  }

  private Cluster start() throws Exception {
    ClusterOptions options =
        new ClusterOptions(directory.get().resolve("data"), 0, node).with(balancers).with(network);
    NodeHalf half =
        balancers.isEmpty()
            ? nodes.apply(network)
            : new WithBalancers(nodes.apply(network), balancers, BALANCERS_LINK, network);
    try {
      return Cluster.start(options, half, Progress.SILENT);
    } catch (StartException e) {
      return Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  /** Does something where the cluster's addresses and ports are. */
  <T> T inside(Callable<T> task) {
    return namespace == null ? unchecked(task) : namespace.call(task);
  }

  private static <T> T unchecked(Callable<T> task) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (cluster != null) {
      inside(Executors.callable(cluster::close));
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  /** The program, in a namespace that nobody else uses. */
  Kubectl in(Path program) throws IOException, InterruptedException {
    if (cluster == null) {
      throw new IllegalStateException("there is no cluster");
    }
    String name = "test-" + NAMESPACES.incrementAndGet();
    Path own = Files.createDirectories(directory.get().resolve(name));
    Kubectl kubectl = new Kubectl(program, cluster.kubeconfig(), own, name, this::begin);
    assertThat(kubectl.does("create", "namespace", name)).endsWith("created\n");
    return kubectl;
  }

  private Process begin(ProcessBuilder program) {
    return inside(program::start);
  }

  @Override
  public String toString() {
    return description;
  }

  private static int minor(Path program) {
    try {
      Process process = new ProcessBuilder(program.toString(), "version", "--client").start();
      String said;
      try (var reader = process.inputReader()) {
        said = String.join("\n", reader.lines().toList());
      }
      Matcher minor = MINOR.matcher(said);
      assertThat(minor.find()).as("%s: %s", program, said).isTrue();
      return Integer.parseInt(minor.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
