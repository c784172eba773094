package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fields about the life of a pod and its containers, seen from real ones. */
@Execution(ExecutionMode.CONCURRENT)
final class LifeFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static Tree status(KubeObject pod, String field) {
    return pod.status().items(field).trees().stream().findFirst().orElse(Tree.EMPTY);
  }

  @Test
  void asksByEveryKindOfProbe() {
    BENCH.run(
        """
        metadata: {name: probed}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: web
            image: kuber.io/kuard
            ports: [{name: http, containerPort: 8080}]
            startupProbe: {tcpSocket: {port: http}, periodSeconds: 1, failureThreshold: 90}
            livenessProbe: {httpGet: {path: /healthy, port: http}, timeoutSeconds: 20}
            readinessProbe:
              periodSeconds: 1
              timeoutSeconds: 20
              httpGet:
                path: /ready
                port: 8080
                httpHeaders: [{name: Host, value: example.org}]
        """);
    KubeObject pod = BENCH.awaitReady("probed");
    assertThat(status(pod, "containerStatuses").isTrue("started")).isTrue();
  }

  @Test
  void endsAContainerThatFailsItsLivenessProbe() {
    BENCH.run(
        """
        metadata: {name: dead}
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 600
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'trap "" TERM; while true; do sleep 1; done']
            livenessProbe:
              exec: {command: ["false"]}
              periodSeconds: 1
              failureThreshold: 1
              terminationGracePeriodSeconds: 1
        """);
    KubeObject pod = BENCH.awaitPod("dead", seen -> NodeBench.phase(seen).equals("Failed"));
    assertThat(status(pod, "containerStatuses").number(-1, "state", "terminated", "exitCode"))
        .isEqualTo(137);
  }

  @Test
  void startsAgainAfterTheCodesOfItsRules() {
    BENCH.run(
        """
        metadata: {name: rules}
        spec:
          restartPolicy: Never
          volumes: [{name: shared, emptyDir: {}}]
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'test -e /shared/again && exit 7; touch /shared/again; exit 42']
            volumeMounts: [{name: shared, mountPath: /shared}]
            restartPolicy: Never
            restartPolicyRules:
            - {action: Restart, exitCodes: {operator: In, values: [42]}}
        """);
    KubeObject pod = BENCH.awaitPod("rules", seen -> NodeBench.phase(seen).equals("Failed"));
    Tree status = status(pod, "containerStatuses");
    assertThat(status.number(-1, "restartCount")).isEqualTo(1);
    assertThat(status.number(-1, "state", "terminated", "exitCode")).isEqualTo(7);
  }

  @Test
  void tellsTheLastWordsOfAContainer() {
    BENCH.run(
        """
        metadata: {name: words}
        spec:
          restartPolicy: Never
          initContainers:
          - name: first
            image: kuber.io/host
            command: [sh, -c, 'echo written > /words']
            terminationMessagePath: /words
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'echo logged; exit 3']
            terminationMessagePolicy: FallbackToLogsOnError
        """);
    KubeObject pod = BENCH.awaitPod("words", seen -> NodeBench.phase(seen).equals("Failed"));
    assertThat(status(pod, "initContainerStatuses").text("state", "terminated", "message"))
        .isEqualTo("written\n");
    assertThat(status(pod, "containerStatuses").text("state", "terminated", "message"))
        .isEqualTo("logged\n");
  }

  @Test
  void givesUpAPodThatIsActiveForTooLong() {
    BENCH.run(
        """
        metadata: {name: late}
        spec:
          activeDeadlineSeconds: 1
          terminationGracePeriodSeconds: 0
          containers: [{name: main, image: kuber.io/host, command: [sleep, "1000"]}]
        """);
    KubeObject pod = BENCH.awaitPod("late", seen -> NodeBench.phase(seen).equals("Failed"));
    assertThat(pod.status().text("reason")).isEqualTo("DeadlineExceeded");
  }

  @Test
  void isReadyOnlyWhenItsGatesAreOpen() {
    BENCH.run(
        """
        metadata: {name: gated}
        spec:
          terminationGracePeriodSeconds: 0
          readinessGates: [{conditionType: example.org/open}]
          containers: [{name: main, image: kuber.io/host, command: [sleep, "1000"]}]
        """);
    KubeObject pod =
        BENCH.awaitPod("gated", seen -> ready(seen).text("reason").startsWith("ReadinessGates"));
    assertThat(ready(pod).text("message"))
        .isEqualTo(
            "corresponding condition of pod readiness gate \"example.org/open\" does not exist.");
  }

  private static Tree ready(KubeObject pod) {
    return pod.status().items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals("Ready"))
        .findFirst()
        .orElse(Tree.EMPTY);
  }

  @Test
  void endsByItsOwnSignalAndSidecarsLast() {
    BENCH.run(
        """
        metadata: {name: order}
        spec:
          terminationGracePeriodSeconds: 120
          initContainers:
          - name: side
            image: kuber.io/host
            restartPolicy: Always
            command: [sh, -c, 'trap "exit 0" TERM; while true; do sleep 0.1; done']
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'trap "exit 0" USR1; trap "" TERM; while true; do sleep 0.1; done']
            lifecycle:
              stopSignal: SIGUSR1
              preStop: {sleep: {seconds: 1}}
          os: {name: linux}
        """);
    BENCH.awaitReady("order");
    BENCH.delete("order");
    List<String> killed =
        BENCH.cluster().list(Resources.EVENTS).stream()
            .filter(event -> event.tree().text("reason").equals("Killing"))
            .filter(event -> event.tree().text("involvedObject", "name").equals("order"))
            .map(event -> event.tree().text("message"))
            .toList();
    assertThat(killed)
        .containsExactlyInAnyOrder("Stopping container main", "Stopping container side");
  }
}
