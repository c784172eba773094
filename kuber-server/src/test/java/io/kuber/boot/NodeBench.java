package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.Traffic;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.container.HostCapabilities;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.loop.ThreadLoops;
import io.kuber.node.TestCluster;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.TestNamespace;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real node on this machine for the tests of a class, in a network namespace of its own, with an
 * API in memory and nobody else: no controllers, no scheduler, so that pods name {@link #NODE}.
 * Several may be at work beside each other. Where the machine cannot run containers, tests are
 * skipped and say why.
 */
public final class NodeBench implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  /** The node's name. */
  public static final String NODE = "node-1";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = 1_000_000;
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final AtomicInteger BENCHES = new AtomicInteger();

  private final Supplier<Path> directory;
  private final String instance =
      "node-test-" + ProcessHandle.current().pid() + "-" + BENCHES.incrementAndGet();
  private UnaryOperator<NodePlace> own = place -> place;
  private @Nullable Parts parts;

  /** All of it is made by the thread of the namespace, so that every thread is inside. */
  private record Parts(
      TestNamespace namespace, ThreadLoops loops, TestCluster cluster, RunningNodes node) {}

  /**
   * A node that starts before the first test.
   *
   * @param directory where it keeps everything, once tests begin
   */
  public NodeBench(Supplier<Path> directory) {
    this.directory = directory;
  }

  /** The same with something else about its place; to be said before it starts. */
  NodeBench at(UnaryOperator<NodePlace> change) {
    own = change;
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Starts the node, or skips the test. */
  public void start() {
    HostCapabilities machine = LinuxContainers.probe();
    assumeTrue(machine.canRunContainers(), () -> "containers: " + machine.obstacles());
    TestNamespace namespace = TestNamespace.create();
    try {
      parts = namespace.call(() -> startIn(namespace));
    } catch (RuntimeException | Error e) {
      namespace.close();
      throw e;
    }
  }

  private Parts startIn(TestNamespace namespace) throws Exception {
    ThreadLoops loops = new ThreadLoops();
    try {
      TestCluster cluster = new TestCluster(loops);
      NodePlace place =
          own.apply(new NodePlace(state(), instance, PodNetworkConfig.standard("kuber-test")));
      ServerHalf half =
          new ServerHalf(
              (user, manager) -> cluster.client(),
              cluster.store(),
              new Traffic(),
              loops,
              data(),
              NODE);
      return new Parts(
          namespace, loops, cluster, new LocalNode(place).start(half, Progress.SILENT));
    } catch (Exception | Error e) {
      loops.close();
      throw e;
    }
  }

  /** Where the node pins namespaces and its containers write. */
  public Path state() {
    return directory.get().resolve("state");
  }

  /** What lasts of the node. */
  public Path data() {
    return directory.get().resolve("data");
  }

  private Parts parts() {
    Parts started = parts;
    if (started == null) {
      throw new IllegalStateException("the node has not started");
    }
    return started;
  }

  public TestCluster cluster() {
    return parts().cluster();
  }

  public NodeGateway gateway() {
    return parts().node().gateway();
  }

  /** What the node measured last. */
  public List<NodeReading> readings() {
    return parts().node().readings();
  }

  /** Does something in the node's network, where pods can be reached. */
  public <T> T inside(Callable<T> task) {
    return parts().namespace().call(task);
  }

  /** Creates a pod of namespace {@code default} on the node; YAML says its name and its spec. */
  public KubeObject run(String yaml) {
    return run(TestCluster.parse(yaml));
  }

  /** Creates a pod of namespace {@code default} on the node, given its name and its spec. */
  public KubeObject run(Tree tree) {
    KubeObject pod = KubeObject.of(tree);
    return await(
        cluster()
            .client()
            .create(
                Resources.PODS,
                pod.with("default", "metadata", "namespace").with(NODE, "spec", "nodeName")));
  }

  /** Waits until the pod is as wanted, and returns it; shows its status where it never is. */
  public KubeObject awaitPod(String name, Predicate<KubeObject> wanted) {
    until(() -> wanted.test(cluster().pod(name)), () -> cluster().pod(name).status().toString());
    return cluster().pod(name);
  }

  /** Waits until all of a pod's containers are ready. */
  public KubeObject awaitReady(String name) {
    return awaitPod(name, NodeBench::isReady);
  }

  /** Waits until a pod has ended, and returns what its first container has written. */
  public String awaitOutput(String name) {
    KubeObject pod = awaitPod(name, seen -> List.of("Succeeded", "Failed").contains(phase(seen)));
    return logs(name, pod.spec().items("containers").trees().get(0).text("name"));
  }

  public static String phase(KubeObject pod) {
    return pod.status().text("phase");
  }

  public static boolean isReady(KubeObject pod) {
    return pod.status().items("conditions").trees().stream()
        .anyMatch(c -> c.text("type").equals("Ready") && c.text("status").equals("True"));
  }

  /** What a container has written so far. */
  public String logs(String pod, String container) {
    try (InputStream log = gateway().logs(ref(pod), container, LogOptions.ALL)) {
      return new String(log.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a command writes in a running container; it has to succeed. */
  public String exec(String pod, String container, String... command) {
    ExecOptions options = new ExecOptions(List.of(command), false, true, true, false);
    try (RemoteProcess process = gateway().exec(ref(pod), container, options)) {
      String output = new String(process.stdout().readAllBytes(), UTF_8);
      assertThat(await(process.exit())).as("%s: %s", List.of(command), output).isZero();
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Joins the first process of a running container, with its input when asked for. */
  public RemoteProcess attach(String pod, String container, boolean stdin, boolean terminal)
      throws IOException {
    ExecOptions options = new ExecOptions(List.of(), stdin, true, !terminal, terminal);
    return gateway().attach(ref(pod), container, options);
  }

  private PodRef ref(String pod) {
    return new PodRef("default", pod, cluster().pod(pod).uid(), NODE);
  }

  /** Deletes a pod and waits until the node has let go of it. */
  public void delete(String name) {
    await(cluster().client().delete(Resources.PODS, "default", name, DeleteOptions.DEFAULT));
    until(() -> cluster().find(Resources.PODS, name).isEmpty());
  }

  /** Waits for a condition. */
  public static void until(BooleanSupplier condition) {
    until(condition, () -> "the condition");
  }

  private static void until(BooleanSupplier condition, Supplier<String> seen) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("out of patience: " + seen.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** The control groups that are there of the node. */
  public List<Path> controlGroups() throws IOException {
    Path own = Path.of("kuber", instance);
    try (Stream<Path> trees = Files.list(CGROUPS)) {
      return Stream.concat(Stream.of(CGROUPS), trees)
          .map(tree -> tree.resolve(own))
          .filter(Files::exists)
          .toList();
    }
  }

  /** Ends the node and all of its pods; a second time does nothing. */
  @Override
  public void close() {
    Parts started = parts;
    if (started != null) {
      parts = null;
      try {
        started.namespace().run(started.node()::close);
      } finally {
        started.loops().close();
        started.namespace().close();
      }
    }
  }
}
