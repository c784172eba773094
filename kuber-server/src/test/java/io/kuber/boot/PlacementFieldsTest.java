package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.node.TestCluster;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pods a node takes, and in what way it runs them. */
@Execution(ExecutionMode.CONCURRENT)
final class PlacementFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  @BeforeAll
  static void makeRuntimeClasses() {
    BENCH.cluster().create(Resources.RUNTIME_CLASSES, "{metadata: {name: own}, handler: kuber}");
    BENCH.cluster().create(Resources.RUNTIME_CLASSES, "{metadata: {name: other}, handler: gvisor}");
  }

  @Test
  void runsInTheOneWayThatItKnows() {
    assertThat(READER.read("runtimeClassName: own", "", "echo done")).isEqualTo("done");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'runtimeClassName: other' | 'no runtime for \"gvisor\" is configured'",
      })
  void doesNotRunInOtherWaysAndSaysSo(String fields, String message) {
    String name = READER.start(fields, "", "true");
    NodeBench.until(
        () ->
            messages(name, "FailedCreatePodSandBox")
                .contains("Failed to create pod sandbox: " + message));
    assertThat(NodeBench.phase(BENCH.cluster().pod(name))).isEqualTo("Pending");
    BENCH.delete(name);
  }

  private static List<String> messages(String pod, String reason) {
    return BENCH.cluster().list(Resources.EVENTS).stream()
        .map(KubeObject::tree)
        .filter(event -> event.text("involvedObject", "name").equals(pod))
        .filter(event -> event.text("reason").equals(reason))
        .map((Tree event) -> event.text("message"))
        .toList();
  }

  @Test
  void refusesPodsForOtherNodesByItsLabelsAsTheyAreNow() {
    KubeObject refused = READER.fail("nodeSelector: {disk: ssd}", "", "true");
    assertThat(refused.status().text("reason")).isEqualTo("NodeAffinity");
    assertThat(refused.status().text("message"))
        .isEqualTo("Pod was rejected: Predicate NodeAffinity failed");
    await(
        BENCH
            .cluster()
            .client()
            .patch(
                Resources.NODES,
                "",
                NodeBench.NODE,
                "",
                PatchType.MERGE,
                TestCluster.parse("{metadata: {labels: {disk: ssd}}}")));
    NodeBench.until(
        () ->
            NodeBench.phase(
                    BENCH.awaitPod(
                        READER.start("nodeSelector: {disk: ssd}", "", "true"),
                        pod -> List.of("Succeeded", "Failed").contains(NodeBench.phase(pod))))
                .equals("Succeeded"));
  }

  @Test
  void looksIntoTheContainerThatItIsToDebug() {
    BENCH.run(
        """
        metadata: {name: debugged}
        spec:
          terminationGracePeriodSeconds: 0
          containers: [{name: main, image: kuber.io/host, command: [sleep, "4242"]}]
        """);
    BENCH.awaitReady("debugged");
    debug("debugger", "targetContainerName: main, ");
    debug("stranger", "");
    NodeBench.until(() -> ended("debugger") && ended("stranger"));
    assertThat(BENCH.logs("debugged", "debugger")).isEqualTo("sleep 4242 ");
    assertThat(BENCH.logs("debugged", "stranger")).startsWith("sh -c ");
    BENCH.delete("debugged");
  }

  private static void debug(String name, String target) {
    Tree change =
        TestCluster.parse(
            "{spec: {ephemeralContainers: [{name: "
                + name
                + ", "
                + target
                + "image: kuber.io/host, imagePullPolicy: IfNotPresent,"
                + " command: [sh, -c, \"tr '\\\\0' ' ' < /proc/1/cmdline\"]}]}}");
    await(
        BENCH
            .cluster()
            .client()
            .patch(
                Resources.PODS,
                "default",
                "debugged",
                "ephemeralcontainers",
                PatchType.STRATEGIC,
                change));
  }

  private static boolean ended(String container) {
    return BENCH
        .cluster()
        .pod("debugged")
        .status()
        .items("ephemeralContainerStatuses")
        .trees()
        .stream()
        .filter(status -> status.text("name").equals(container))
        .anyMatch(status -> !status.tree("state", "terminated").isEmpty());
  }

  @Test
  void tellsHowVolumesAreMounted() {
    String name =
        READER.start(
            "volumes: [{name: v, emptyDir: {}}]",
            "volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b, readOnly: true},"
                + " {name: v, mountPath: /c, readOnly: true, recursiveReadOnly: IfPossible}]",
            "true");
    KubeObject pod = BENCH.awaitPod(name, seen -> NodeBench.phase(seen).equals("Succeeded"));
    assertThat(FieldReader.status(pod).items("volumeMounts").trees())
        .extracting(Tree::toString)
        .containsExactly(
            "{name: v, mountPath: /a}",
            "{name: v, mountPath: /b, readOnly: true, recursiveReadOnly: Disabled}",
            "{name: v, mountPath: /c, readOnly: true, recursiveReadOnly: Enabled}");
  }

  @Test
  void ceasesToBeReadyWhileItEnds() {
    BENCH.run(
        """
        metadata: {name: leaving}
        spec:
          terminationGracePeriodSeconds: 300
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'touch /ready; sleep 1000']
            readinessProbe: {periodSeconds: 1, failureThreshold: 1, exec: {command: [cat, /ready]}}
            lifecycle:
              preStop:
                exec: {command: [sh, -c, 'rm /ready; until test -e /leave; do sleep 0.1; done']}
        """);
    BENCH.awaitReady("leaving");
    await(
        BENCH
            .cluster()
            .client()
            .delete(Resources.PODS, "default", "leaving", DeleteOptions.DEFAULT));
    KubeObject pod = BENCH.awaitPod("leaving", seen -> !NodeBench.isReady(seen));
    assertThat(FieldReader.status(pod).tree("state", "running").isEmpty()).isFalse();
    await(
        BENCH
            .cluster()
            .client()
            .delete(Resources.PODS, "default", "leaving", new DeleteOptions(0, "", "", "")));
    NodeBench.until(() -> BENCH.cluster().find(Resources.PODS, "leaving").isEmpty());
  }
}
