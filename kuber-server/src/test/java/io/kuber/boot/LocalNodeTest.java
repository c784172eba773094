package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
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
import io.kuber.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node on this machine, in a network namespace of its own. */
final class LocalNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = 1_000_000;
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  @TempDir private Path directory;

  @Test
  void runsPodsAndLeavesNothingBehind() throws Exception {
    HostCapabilities machine = LinuxContainers.probe();
    assumeTrue(machine.canRunContainers(), () -> "containers: " + machine.obstacles());
    String instance = "node-test-" + ProcessHandle.current().pid();
    NodePlace place =
        new NodePlace(
            directory.resolve("state"), instance, PodNetworkConfig.standard("kuber-test"));
    try (TestNamespace namespace = TestNamespace.create();
        ThreadLoops loops = new ThreadLoops()) {
      TestCluster cluster = new TestCluster(loops);
      ServerHalf half =
          new ServerHalf(
              (user, manager) -> cluster.client(),
              cluster.store(),
              new Traffic(),
              loops,
              directory.resolve("data"),
              "node-1");
      RunningNodes node = namespace.call(() -> new LocalNode(place).start(half, Progress.SILENT));
      try {
        exercise(cluster, node.gateway());
      } finally {
        namespace.run(node::close);
      }
    }
    assertThat(directory.resolve("state")).doesNotExist();
    assertThat(directory.resolve("data/node/pods")).doesNotExist();
    assertThat(controlGroups(instance)).isEmpty();
  }

  private static void exercise(TestCluster cluster, NodeGateway node) {
    cluster.create(
        Resources.PODS,
        """
        metadata: {name: echo}
        spec:
          nodeName: node-1
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'echo "hello from $POD_IP"; exec sleep 1000']
            env:
            - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}
        """);
    KubeObject pod = awaitPod(cluster, "echo", LocalNodeTest::isReady);
    PodRef ref = new PodRef("default", "echo", pod.uid(), "node-1");
    String ip = pod.status().text("podIP");
    assertThat(ip).startsWith("10.244.0.");
    until(() -> logs(node, ref).equals("hello from " + ip + "\n"));
    assertThat(exec(node, ref, "cat", "/etc/hostname")).isEqualTo("echo\n");
    assertThat(exec(node, ref, "getent", "hosts", "kube-dns.kube-system"))
        .startsWith("10.96.0.10 ");

    await(cluster.client().delete(Resources.PODS, "default", "echo", DeleteOptions.DEFAULT));
    until(() -> cluster.find(Resources.PODS, "echo").isEmpty());
    until(() -> cluster.list(Resources.EVENTS).stream().anyMatch(LocalNodeTest::isKilling));
  }

  private static boolean isReady(KubeObject pod) {
    return pod.status().items("conditions").trees().stream()
        .anyMatch(c -> c.text("type").equals("Ready") && c.text("status").equals("True"));
  }

  private static boolean isKilling(KubeObject event) {
    return event.tree().text("reason").equals("Killing");
  }

  private static KubeObject awaitPod(
      TestCluster cluster, String name, Predicate<KubeObject> wanted) {
    until(() -> wanted.test(cluster.pod(name)));
    return cluster.pod(name);
  }

  private static String logs(NodeGateway node, PodRef pod) {
    try (InputStream log = node.logs(pod, "main", LogOptions.ALL)) {
      return new String(log.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String exec(NodeGateway node, PodRef pod, String... command) {
    ExecOptions options = new ExecOptions(List.of(command), false, true, true, false);
    try (RemoteProcess process = node.exec(pod, "main", options)) {
      String output = new String(process.stdout().readAllBytes(), UTF_8);
      assertThat(await(process.exit())).isZero();
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> controlGroups(String instance) throws IOException {
    try (Stream<Path> all = Files.find(CGROUPS, 4, (path, unused) -> path.endsWith(instance))) {
      return all.toList();
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("out of patience").isLessThan(end);
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
