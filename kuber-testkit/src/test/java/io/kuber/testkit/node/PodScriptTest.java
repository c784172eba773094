package io.kuber.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.node.script.ExecScript.Answer;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.script.ProbeScript.Kind;
import io.kuber.testkit.node.stage.Match;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Pods;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that do what a test tells them to, on virtual time. */
final class PodScriptTest {
  private static final PodScript WEB = PodScript.of(Match.label("app", "web"));
  private static final String PROBES =
      """
      startupProbe: {tcpSocket: {port: 80}, periodSeconds: 1, failureThreshold: 30}
      livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 5}
      readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 2, failureThreshold: 1}
      """;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private VirtualCluster cluster(PodScript script) {
    VirtualOptions options = VirtualOptions.of(9, 1).with(Behaviour.PLAIN.with(script));
    VirtualCluster cluster = VirtualCluster.start(options);
    open.add(cluster);
    return cluster;
  }

  private static void createPod(VirtualCluster cluster, String policy, String more) {
    cluster.create(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          restartPolicy: %s
          containers:
          - name: main
            image: some
        %s
        """
            .formatted(policy, more.indent(4)));
  }

  private static KubeObject pod(VirtualCluster cluster) {
    return cluster.get(Resources.PODS, "default", "web");
  }

  private static Tree container(VirtualCluster cluster) {
    return pod(cluster).status().items("containerStatuses").tree(0);
  }

  private static Set<String> events(VirtualCluster cluster) {
    Set<String> events = new TreeSet<>();
    for (KubeObject event : cluster.list(Resources.EVENTS, "default")) {
      Tree tree = event.tree();
      if (tree.text("source", "component").equals("kubelet")) {
        events.add(tree.text("type") + " " + tree.text("reason") + ": " + tree.text("message"));
      }
    }
    return events;
  }

  private static PodRef ref(KubeObject pod) {
    return new PodRef(pod.namespace(), pod.name(), pod.uid(), Pods.nodeName(pod));
  }

  private static String log(VirtualCluster cluster) throws IOException {
    NodeGateway gateway = cluster.nodes().gateway();
    return new String(
        gateway.logs(ref(pod(cluster)), "main", LogOptions.ALL).readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void waitsForPodThatStartsSlowly() {
    VirtualCluster cluster = cluster(WEB.startingSlowly(Duration.ofMinutes(3)));
    createPod(cluster, "Always", "");
    cluster.advance(Duration.ofMinutes(2));
    assertThat(Pods.phase(pod(cluster))).isEqualTo("Pending");
    cluster.settle();
    assertThat(Pods.isReady(pod(cluster))).isTrue();
    assertThat(
            Duration.between(pod(cluster).createdAt(), Pods.readySince(pod(cluster)).orElseThrow()))
        .isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void backsOffFromImageThatCannotBeHad() {
    VirtualCluster cluster = cluster(WEB.withoutImage("manifest unknown"));
    createPod(cluster, "Always", "");
    cluster.advance(Duration.ofMillis(500));
    Tree waiting = container(cluster).tree("state", "waiting");
    assertThat(waiting.text("reason")).isEqualTo("ErrImagePull");
    assertThat(waiting.text("message")).isEqualTo("manifest unknown");
    cluster.settle();
    waiting = container(cluster).tree("state", "waiting");
    assertThat(waiting.text("reason")).isEqualTo("ImagePullBackOff");
    assertThat(waiting.text("message"))
        .isEqualTo("Back-off pulling image \"some\": ErrImagePull: manifest unknown");
    assertThat(Pods.phase(pod(cluster))).isEqualTo("Pending");
    assertThat(events(cluster))
        .containsExactly(
            "Normal BackOff: Back-off pulling image \"some\"",
            "Warning Failed: Error: ErrImagePull",
            "Warning Failed: Error: ImagePullBackOff",
            "Warning Failed: Failed to pull image \"some\": manifest unknown");
  }

  @Test
  void restartsContainersThatCrashLaterEachTime() {
    VirtualCluster cluster = cluster(WEB.crashing(Duration.ofSeconds(5), 3));
    createPod(cluster, "Always", "");
    cluster.advance(Duration.ofMinutes(30));
    Tree container = container(cluster);
    assertThat(container.text("state", "waiting", "reason")).isEqualTo("CrashLoopBackOff");
    assertThat(container.text("state", "waiting", "message"))
        .isEqualTo(
            "back-off 5m0s restarting failed container=main pod=web_default("
                + pod(cluster).uid()
                + ")");
    assertThat(container.number(0, "lastState", "terminated", "exitCode")).isEqualTo(3);
    assertThat(Pods.phase(pod(cluster))).isEqualTo("Running");
    // at once, then after 10, 20, 40, 80 and 160 s, then every five minutes
    assertThat(Pods.maxRestarts(pod(cluster))).isEqualTo(10);
    assertThat(events(cluster))
        .containsExactly(
            "Warning BackOff: Back-off restarting failed container main in pod web_default("
                + pod(cluster).uid()
                + ")");
  }

  @Test
  void failsPodThatCrashesAndMustNotRestart() {
    VirtualCluster cluster = cluster(WEB.crashing(Duration.ofSeconds(5), 3));
    createPod(cluster, "Never", "");
    cluster.advance(Duration.ofSeconds(10));
    assertThat(Pods.phase(pod(cluster))).isEqualTo("Failed");
    assertThat(container(cluster).number(0, "state", "terminated", "exitCode")).isEqualTo(3);
  }

  @Test
  void answersCommands() throws IOException {
    VirtualCluster cluster =
        cluster(
            WEB.answering(
                command ->
                    command.words().get(0).equals("cat")
                        ? Answer.of(command.pod().name() + " got " + command.input())
                        : Answer.failure(127, "not found")));
    createPod(cluster, "Always", "");
    cluster.settle();
    NodeGateway gateway = cluster.nodes().gateway();
    ExecOptions cat = new ExecOptions(List.of("cat"), true, true, true, false);
    try (RemoteProcess process = gateway.exec(ref(pod(cluster)), "main", cat)) {
      process.stdin().write("a letter".getBytes(StandardCharsets.UTF_8));
      assertThat(process.exit().toCompletableFuture()).isNotDone();
      process.stdin().close();
    }
    ExecOptions ls = new ExecOptions(List.of("ls"), false, true, true, false);
    try (RemoteProcess process = gateway.exec(ref(pod(cluster)), "main", ls)) {
      assertThat(process.exit().toCompletableFuture()).isCompletedWithValue(127);
      assertThat(process.stdout().readAllBytes()).isEmpty();
      assertThat(process.stderr().readAllBytes()).asString().isEqualTo("not found");
    }
  }

  @Test
  void saysWhenScriptItselfFails() throws IOException {
    VirtualCluster cluster =
        cluster(
            WEB.answering(
                command -> {
                  throw new IllegalStateException("no idea");
                }));
    createPod(cluster, "Always", "");
    cluster.settle();
    ExecOptions ls = new ExecOptions(List.of("ls"), false, true, true, false);
    RemoteProcess process = cluster.nodes().gateway().exec(ref(pod(cluster)), "main", ls);
    assertThat(process.exit().toCompletableFuture()).isCompletedExceptionally();
    assertThatThrownBy(() -> process.stdout().read())
        .hasRootCauseInstanceOf(ApiException.class)
        .hasMessageContaining("no idea");
    process.close();
  }

  @Test
  void showsLogOfScript() throws IOException {
    VirtualCluster cluster =
        cluster(WEB.logging((pod, container) -> List.of("hello", container + " of " + pod.name())));
    createPod(cluster, "Always", "");
    cluster.settle();
    assertThat(log(cluster)).isEqualTo("hello\nmain of web\n");
  }

  @Test
  void followsTheProbesOfScript() {
    Set<Kind> well = EnumSet.of(Kind.LIVENESS, Kind.READINESS);
    VirtualCluster cluster = cluster(WEB.probed(probe -> well.contains(probe.kind())));
    createPod(cluster, "Always", PROBES);
    cluster.advance(Duration.ofSeconds(20));
    assertThat(Pods.phase(pod(cluster))).isEqualTo("Running");
    assertThat(Pods.isReady(pod(cluster))).isFalse();
    well.add(Kind.STARTUP);
    cluster.advance(Duration.ofSeconds(5));
    assertThat(Pods.isReady(pod(cluster))).isTrue();
    well.remove(Kind.READINESS);
    cluster.advance(Duration.ofSeconds(5));
    assertThat(Pods.isReady(pod(cluster))).isFalse();
    assertThat(Pods.maxRestarts(pod(cluster))).isZero();
    well.add(Kind.READINESS);
    well.remove(Kind.LIVENESS);
    cluster.advance(Duration.ofSeconds(20));
    assertThat(Pods.maxRestarts(pod(cluster))).isEqualTo(1);
    assertThat(container(cluster).number(0, "lastState", "terminated", "exitCode")).isEqualTo(137);
    assertThat(events(cluster))
        .containsExactly(
            "Normal Killing: Container main failed liveness probe, will be restarted",
            "Warning Unhealthy: Liveness probe failed: so says the script",
            "Warning Unhealthy: Readiness probe failed: so says the script",
            "Warning Unhealthy: Startup probe failed: so says the script");
  }

  @Test
  void runsProgramOfThisProcess() throws IOException {
    VirtualCluster cluster =
        cluster(
            WEB.running(
                process -> {
                  process.print("working for " + process.pod().name());
                  return 0;
                }));
    createPod(cluster, "OnFailure", "");
    cluster.settle();
    assertThat(Pods.phase(pod(cluster))).isEqualTo("Succeeded");
    assertThat(log(cluster)).isEqualTo("working for web\n");
  }

  @Test
  void restartsProgramThatThrows() throws IOException {
    List<Instant> runs = new ArrayList<>();
    VirtualCluster[] cluster = new VirtualCluster[1];
    cluster[0] =
        cluster(
            WEB.running(
                () -> {
                  runs.add(cluster[0].now());
                  throw new IllegalStateException("out of coffee");
                }));
    createPod(cluster[0], "Always", "");
    cluster[0].advance(Duration.ofMinutes(1));
    assertThat(runs).hasSize(4);
    assertThat(container(cluster[0]).number(0, "lastState", "terminated", "exitCode")).isOne();
    assertThat(log(cluster[0])).startsWith("java.lang.IllegalStateException: out of coffee\n");
  }

  @Test
  void letsPodsGoWrongAsOftenAsTheirStageSays() {
    Stage start =
        Stage.of("risky start", PodState.CREATING, PodState.READY)
            .after(Duration.ofSeconds(1), Duration.ofSeconds(2))
            .failing(0.3, PodState.FAILED);
    VirtualOptions options = VirtualOptions.of(2, 2).with(Behaviour.PLAIN.with(List.of(start)));
    try (VirtualCluster cluster = VirtualCluster.start(options)) {
      for (int i = 0; i < 100; i++) {
        cluster.create(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p%d}
            spec: {nodeName: node-%d, containers: [{name: main, image: some}]}
            """
                .formatted(i, i % 2));
      }
      cluster.settle();
      assertThat(cluster.list(Resources.PODS, "default"))
          .filteredOn(pod -> Pods.phase(pod).equals("Failed"))
          .hasSizeBetween(15, 45);
      assertThat(cluster.list(Resources.PODS, "default"))
          .filteredOn(Pods::isReady)
          .hasSizeBetween(55, 85);
    }
  }
}
