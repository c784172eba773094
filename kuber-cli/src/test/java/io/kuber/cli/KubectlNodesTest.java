package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NodeGroup;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.NodePlace;
import io.kuber.boot.NodesAtWork;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several real nodes of one machine, which is a network namespace of the test's own. */
final class KubectlNodesTest {
  private static final int NODES = 3;
  private static final Path NFT = Path.of("/usr/sbin/nft");
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final String READY = "{.items[*].status.conditions[?(@.type==\"Ready\")].status}";
  private static final String APPLICATION =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 1
            topologySpreadConstraints:
            - topologyKey: kubernetes.io/hostname
              maxSkew: 1
              whenUnsatisfiable: DoNotSchedule
              labelSelector: {matchLabels: {app: web}}
            containers:
            - name: main
              image: kuber.io/kuard
              readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
      """;

  @TempDir private Path directory;

  /** The group, of which the test also has the nodes once they are at work. */
  private static final class Held implements NodeHalf {
    private final NodeGroup group;
    private @Nullable NodesAtWork nodes;

    Held(NodeGroup group) {
      this.group = group;
    }

    @Override
    public void check() throws StartException {
      group.check();
    }

    @Override
    public Optional<String> serverAddress() {
      return group.serverAddress();
    }

    @Override
    public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
      NodesAtWork started = group.start(cluster, progress);
      nodes = started;
      return started;
    }

    NodesAtWork nodes() {
      if (nodes == null) {
        throw new IllegalStateException("the nodes are not at work");
      }
      return nodes;
    }
  }

  private String instance() {
    return "node-test-" + ProcessHandle.current().pid() + "-group";
  }

  @Test
  void areReachedFromEachOtherComeAndGoAndLeaveNothingBehind() throws Exception {
    assumeTrue(KubectlCluster.programs().findAny().isPresent(), "no kubectl");
    NodePlace place =
        new NodePlace(
            directory.resolve("machine/node"), instance(), PodNetworkConfig.standard("kuber0"));
    Held held = new Held(new NodeGroup(NODES, place, ImagePlaces.STANDARD));
    try (TestNamespace machine = TestNamespace.create()) {
      try {
        held.check();
      } catch (StartException e) {
        Assumptions.abort(String.valueOf(e.getMessage()));
      }
      Cluster cluster = machine.call(() -> start(held));
      try {
        Kubectl kubectl = kubectl(machine);
        spread(kubectl, machine);
        refuseAnother(machine, place);
        loseOne(kubectl, machine, held.nodes());
      } finally {
        machine.call(Executors.callable(cluster::close));
      }
      assertThat(machine.links()).containsExactly("lo");
      assertThat(machine.call(KubectlNodesTest::rules)).isEmpty();
    }
    assertThat(directory.resolve("machine")).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory + "/");
    try (Stream<Path> groups =
        Files.find(CGROUPS, 4, (path, unused) -> path.toString().contains(instance()))) {
      assertThat(groups).isEmpty();
    }
  }

  private Cluster start(Held held) throws Exception {
    ClusterOptions options = new ClusterOptions(directory.resolve("data"), 0, "unused");
    return Cluster.start(options, held, Progress.SILENT);
  }

  private Kubectl kubectl(TestNamespace machine) throws IOException {
    return new Kubectl(
        KubectlCluster.programs().findFirst().orElseThrow(),
        directory.resolve("data/kubeconfig"),
        Files.createDirectory(directory.resolve("kubectl")),
        "default",
        program -> machine.call(program::start));
  }

  /** Who already has the nodes keeps them, and their network. */
  private void refuseAnother(TestNamespace machine, NodePlace place) {
    ClusterOptions other = new ClusterOptions(directory.resolve("other"), 0, "unused");
    NodeGroup fewer = new NodeGroup(NODES - 1, place, ImagePlaces.STANDARD);
    assertThatThrownBy(() -> machine.call(() -> Cluster.start(other, fewer, Progress.SILENT)))
        .hasRootCauseInstanceOf(StartException.class)
        .hasMessageContaining("another kuber uses");
  }

  private static void spread(Kubectl kubectl, TestNamespace machine) throws Exception {
    kubectl.until(said -> said.equals("True True True"), "get", "node", "-o", "jsonpath=" + READY);
    assertThat(kubectl.does("get", "node", "-o", "name"))
        .isEqualTo("node/node-1\nnode/node-2\nnode/node-3\n");
    assertThat(kubectl.does("get", "node", "-o", "jsonpath={.items[*].spec.podCIDR}"))
        .isEqualTo("10.244.0.0/24 10.244.1.0/24 10.244.2.0/24");
    assertThat(
            new HashSet<>(
                words(kubectl.does("get", "node", "-o", "jsonpath=" + address("InternalIP")))))
        .hasSize(NODES);

    kubectl.until(said -> said.contains("default"), "get", "serviceaccount");
    kubectl.doesWith(APPLICATION, "apply", "-f", "-");
    kubectl.does("rollout", "status", "deployment/web", "--timeout=60s");
    List<String> pods =
        words(kubectl.does("get", "pod", "-o", "jsonpath={.items[*].metadata.name}"));
    List<String> ips = words(kubectl.does("get", "pod", "-o", "jsonpath={.items[*].status.podIP}"));
    assertThat(words(kubectl.does("get", "pod", "-o", "jsonpath={.items[*].spec.nodeName}")))
        .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
    String service = kubectl.does("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
    for (String pod : pods) {
      for (String ip : ips) {
        assertAnswers(kubectl, pod, ip, 8080);
      }
      assertAnswers(kubectl, pod, service, 80);
      assertAnswers(kubectl, pod, "web.default.svc.cluster.local", 80);
      kubectl.does("exec", pod, "--", "bash", "-c", "exec 3<>/dev/tcp/kubernetes.default/443");
    }
    assertThat(machine.call(() -> getFrom(service, 80))).contains("200 OK");
  }

  private static void loseOne(Kubectl kubectl, TestNamespace machine, NodesAtWork nodes)
      throws Exception {
    nodes.end("node-3");
    kubectl.until(
        said -> said.startsWith("True True ") && !said.endsWith("True"),
        "get",
        "node",
        "-o",
        "jsonpath=" + READY);
    machine.call(() -> nodes.begin(NODES));
    kubectl.until(said -> said.equals("True True True"), "get", "node", "-o", "jsonpath=" + READY);
    kubectl.does("rollout", "status", "deployment/web", "--timeout=60s");
    for (String ip : words(kubectl.does("get", "pod", "-o", "jsonpath={.items[*].status.podIP}"))) {
      kubectl.until(
          said -> said.contains("200 OK"),
          command("deployment/web", ip, 8080).toArray(String[]::new));
    }
  }

  private static String address(String type) {
    return "{.items[*].status.addresses[?(@.type==\"" + type + "\")].address}";
  }

  private static List<String> words(String said) {
    return Splitter.on(' ').omitEmptyStrings().splitToList(said);
  }

  private static void assertAnswers(Kubectl kubectl, String pod, String host, int port)
      throws Exception {
    assertThat(get(kubectl, pod, host, port)).as("%s to %s", pod, host).contains("200 OK");
  }

  private static String get(Kubectl kubectl, String pod, String host, int port) throws Exception {
    return kubectl.does(command(pod, host, port).toArray(String[]::new));
  }

  private static List<String> command(String pod, String host, int port) {
    return List.of("exec", pod, "--", "bash", "-c", script(host, port));
  }

  /** A request in plain HTTP. */
  private static String script(String host, int port) {
    return "exec 3<>/dev/tcp/%s/%d; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; head -c 200 <&3"
        .formatted(host, port);
  }

  private static String getFrom(String host, int port) throws IOException {
    Process process =
        new ProcessBuilder("bash", "-c", script(host, port)).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  /** What is left of rules; nothing can be said without the program that lists them. */
  private static String rules() throws IOException {
    if (!Files.isExecutable(NFT)) {
      return "";
    }
    Process process = new ProcessBuilder(NFT.toString(), "list", "tables").start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
