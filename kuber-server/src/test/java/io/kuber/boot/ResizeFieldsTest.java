package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.PatchType;
import io.kuber.node.TestCluster;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources of running pods that change, read from inside before and after. */
@Execution(ExecutionMode.CONCURRENT)
final class ResizeFieldsTest {
  private static final boolean VERSION_2 =
      Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  private static String start(String resources, String policy) {
    String name =
        READER.start(
            "restartPolicy: Always",
            "resources: {" + resources + "}, resizePolicy: [" + policy + "]",
            "sleep 1000");
    BENCH.awaitReady(name);
    return name;
  }

  private static void resize(String name, String resources) {
    Tree change =
        TestCluster.parse("{spec: {containers: [{name: main, resources: {" + resources + "}}]}}");
    await(
        BENCH
            .cluster()
            .client()
            .patch(Resources.PODS, "default", name, "resize", PatchType.STRATEGIC, change));
  }

  private static Tree condition(KubeObject pod, String type) {
    return pod.status().items("conditions").trees().stream()
        .filter(each -> each.text("type").equals(type))
        .findFirst()
        .orElse(Tree.EMPTY);
  }

  /** The pod once its container has what it wants, and nothing is under way any more. */
  private static KubeObject awaitResized(String name, String part, String resource, String value) {
    return BENCH.awaitPod(
        name,
        pod ->
            FieldReader.status(pod).text("resources", part, resource).equals(value)
                && condition(pod, "PodResizeInProgress").isEmpty()
                && condition(pod, "PodResizePending").isEmpty());
  }

  private static String cat(String pod, String v1, String v2) {
    return BENCH.exec(pod, "main", "cat", "/sys/fs/cgroup/" + (VERSION_2 ? v2 : v1)).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'limits: {cpu: 300m}'    | limits   | cpu    | 300m | cpu/cpu.cfs_quota_us | 30000 | cpu.max | 30000 100000",
        "'requests: {cpu: 150m}'  | requests | cpu    | 150m | cpu/cpu.shares | 153 | cpu.weight | 6",
        "'limits: {memory: 96Mi}' | limits   | memory | 96Mi | memory/memory.limit_in_bytes | 100663296 | memory.max | 100663296",
        "'limits: {memory: 48Mi}' | limits   | memory | 48Mi | memory/memory.limit_in_bytes | 50331648 | memory.max | 50331648",
      })
  void hasOtherLimitsWithoutARestart(
      String change,
      String part,
      String resource,
      String value,
      String v1,
      String expectedOfV1,
      String v2,
      String expectedOfV2) {
    String name =
        start("requests: {cpu: 100m, memory: 32Mi}, limits: {cpu: 200m, memory: 64Mi}", "");
    String before = FieldReader.status(BENCH.cluster().pod(name)).text("containerID");
    resize(name, change);
    KubeObject pod = awaitResized(name, part, resource, value);
    assertThat(cat(name, v1, v2)).isEqualTo(VERSION_2 ? expectedOfV2 : expectedOfV1);
    assertThat(FieldReader.status(pod).text("containerID")).isEqualTo(before);
    assertThat(FieldReader.status(pod).number(-1, "restartCount")).isZero();
    assertThat(FieldReader.status(pod).text("allocatedResources", "cpu"))
        .isEqualTo(part.equals("requests") ? value : "100m");
    BENCH.delete(name);
  }

  @Test
  void startsAnewWhereItsPolicyWantsThat() {
    String name =
        start(
            "requests: {cpu: 10m, memory: 32Mi}, limits: {cpu: 200m, memory: 64Mi}",
            "{resourceName: cpu, restartPolicy: NotRequired},"
                + " {resourceName: memory, restartPolicy: RestartContainer}");
    resize(name, "limits: {cpu: 300m}");
    KubeObject pod = awaitResized(name, "limits", "cpu", "300m");
    assertThat(FieldReader.status(pod).number(-1, "restartCount")).isZero();
    resize(name, "limits: {memory: 80Mi}");
    pod = awaitResized(name, "limits", "memory", "80Mi");
    assertThat(FieldReader.status(pod).number(-1, "restartCount")).isEqualTo(1);
    assertThat(cat(name, "memory/memory.limit_in_bytes", "memory.max")).isEqualTo("83886080");
    BENCH.delete(name);
  }

  @Test
  void waitsForRoomAndSaysSo() {
    String name = start("requests: {cpu: 10m}", "");
    resize(name, "requests: {cpu: 100k}");
    KubeObject pod = BENCH.awaitPod(name, seen -> !condition(seen, "PodResizePending").isEmpty());
    Tree pending = condition(pod, "PodResizePending");
    assertThat(pending.text("reason")).isEqualTo("Infeasible");
    assertThat(pending.text("message"))
        .startsWith("Node didn't have enough capacity: cpu, requested: 100000000, capacity: ");
    assertThat(FieldReader.status(pod).text("resources", "requests", "cpu")).isEqualTo("10m");
    resize(name, "requests: {cpu: 20m}");
    awaitResized(name, "requests", "cpu", "20m");
    BENCH.delete(name);
  }

  @Test
  void keepsItsMemoryWhileItUsesMoreThanItIsToHave() {
    String name = start("limits: {memory: 128Mi}", "");
    BENCH.exec(name, "main", "sh", "-c", "head -c 33554432 /dev/zero > /dev/shm/held; ls /dev/shm");
    resize(name, "limits: {memory: 16Mi}, requests: {memory: 16Mi}");
    KubeObject pod =
        BENCH.awaitPod(
            name, seen -> condition(seen, "PodResizeInProgress").text("reason").equals("Error"));
    assertThat(condition(pod, "PodResizeInProgress").text("message"))
        .startsWith("attempting to set container \"main\" memory limit (16777216) below current");
    assertThat(FieldReader.status(pod).text("resources", "limits", "memory")).isEqualTo("128Mi");
    BENCH.delete(name);
  }
}
