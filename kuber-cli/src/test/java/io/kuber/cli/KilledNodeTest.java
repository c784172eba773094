package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole {@code kuber up} that is killed while its pods run, and started again: they never notice.
 * Alone on the machine, since it is the node in the usual place.
 */
@Isolated
final class KilledNodeTest {
  private static final String COUNTER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: counter}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: main
          image: kuber.io/host
          command: [sh, -c, 'i=0; while true; do echo $i; i=$((i+1)); sleep 0.1; done']
      """;

  /** Says back what it is told. */
  private static final String MIRROR =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: mirror}
      spec: {selector: {app: mirror}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: mirror, labels: {app: mirror}}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: main
          image: kuber.io/host
          command: [busybox, nc, -ll, -p, "8080", -e, cat]
      """;

  /** Talks to the mirror over one connection, and ends when that breaks; best on another node. */
  private static final String TALKER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: talker}
      spec:
        restartPolicy: Never
        terminationGracePeriodSeconds: 0
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector: {matchLabels: {app: mirror}}
        containers:
        - name: main
          image: kuber.io/host
          command:
          - bash
          - -c
          - |
            until (exec 3<>/dev/tcp/mirror/80) 2>/dev/null; do sleep 0.1; done
            exec 3<>/dev/tcp/mirror/80
            for ((i = 0; ; i++)); do
              echo $i >&3
              read -r -t 60 said <&3 && [ "$said" = $i ] || exit 1
              echo $i
              sleep 0.1
            done
      """;

  private static final String IDENTITY =
      "{.status.podIP} {.status.containerStatuses[0].containerID}"
          + " {.status.containerStatuses[0].restartCount}";

  @TempDir private Path directory;

  @BeforeAll
  static void check() {
    UpProcess.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--nodes=3"})
  void goesOnWithThePodsThatTheKilledOneLeft(String nodes) throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      UpProcess cluster = new UpProcess(directory, namespace);
      Kubectl kubectl = cluster.kubectl();
      String before = killed(cluster, kubectl, nodes);
      Process second = cluster.start("second", options(nodes));
      try {
        UpProcess.awaitReady(kubectl);
        String log = kubectl.until(seen -> lines(seen).size() > 100, "logs", "counter");
        assertThat(identity(kubectl)).isEqualTo(before);
        // What the killed one had read and not written yet is lost, and nothing else.
        List<Integer> seen = lines(log).stream().map(Integer::valueOf).toList();
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.range(1, seen.size()).filter(i -> seen.get(i) != seen.get(i - 1) + 1))
            .hasSizeLessThan(2);
        assertThat(kubectl.does("exec", "counter", "--", "echo", "hello")).isEqualTo("hello\n");
        assertTalksOn(kubectl);
      } finally {
        UpProcess.end(second);
      }
      assertNothingIsLeft(namespace);
    }
  }

  /** A connection through a Service is the kernel's, not kuber's. */
  private static void assertTalksOn(Kubectl kubectl) throws Exception {
    int said = lines(kubectl.does("logs", "talker")).size();
    kubectl.until(seen -> lines(seen).size() > said + 20, "logs", "talker");
    assertThat(kubectl.field("pod/talker", "{.status.phase}")).isEqualTo("Running");
    assertThat(kubectl.field("pod/mirror", "{.status.containerStatuses[0].restartCount}"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"--nodes=2, ''", "'', --nodes=1"})
  void removesWhatNodesLeftThatAreNoMore(String nodes, String later) throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      UpProcess cluster = new UpProcess(directory, namespace);
      Kubectl kubectl = cluster.kubectl();
      killed(cluster, kubectl, nodes);
      Process second = cluster.start("second", options(later));
      try {
        kubectl.until(said -> said.contains(" Ready"), "get", "node");
      } finally {
        UpProcess.end(second);
      }
      assertNothingIsLeft(namespace);
    }
  }

  /** Starts a cluster with a pod and kills it; returns what makes out the pod. */
  private static String killed(UpProcess cluster, Kubectl kubectl, String nodes) throws Exception {
    Process first = cluster.start("first", options(nodes));
    try {
      UpProcess.awaitReady(kubectl);
      kubectl.doesWith(COUNTER, "apply", "-f", "-");
      kubectl.doesWith(MIRROR, "apply", "-f", "-");
      kubectl.awaits("ready", "pod/counter");
      kubectl.awaits("ready", "pod/mirror");
      kubectl.doesWith(TALKER, "apply", "-f", "-");
      kubectl.awaits("ready", "pod/talker");
      kubectl.until(log -> lines(log).size() > 20, "logs", "counter");
      kubectl.until(log -> lines(log).size() > 20, "logs", "talker");
      return identity(kubectl);
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  private static String options(String nodes) {
    return nodes.isEmpty() ? "--port=6443" : nodes;
  }

  private static void assertNothingIsLeft(TestNamespace machine) throws IOException {
    assertThat(machine.links()).containsExactly("lo");
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("/kuber/node");
    for (String controller : List.of("memory", "pids", "freezer")) {
      Path groups = Path.of("/sys/fs/cgroup", controller, "kuber");
      for (String node : List.of("node", "node-1", "node-2", "node-3")) {
        assertThat(groups.resolve(node)).doesNotExist();
      }
    }
  }

  private static List<String> lines(String log) {
    return Splitter.on('\n').omitEmptyStrings().splitToList(log);
  }

  private static String identity(Kubectl kubectl) throws IOException, InterruptedException {
    return kubectl.does("get", "pod", "counter", "-o", "jsonpath=" + IDENTITY);
  }
}
