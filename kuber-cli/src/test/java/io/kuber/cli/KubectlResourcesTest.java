package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the books show of requests and limits, typed into kubectl and read from inside of pods. */
final class KubectlResourcesTest {
  private static final String NODE = "resources-test";

  /** What the kernel holds a container to, by control groups of version 2, or else of version 1. */
  private static final String MEMORY =
      "cd /sys/fs/cgroup; cat memory.max 2>/dev/null || cat memory/memory.limit_in_bytes";

  private static final String QUOTA =
      "cd /sys/fs/cgroup; cut -d\" \" -f1 cpu.max 2>/dev/null || cat cpu/cpu.cfs_quota_us";

  private static final String WEIGHT =
      "cd /sys/fs/cgroup; cat cpu.weight 2>/dev/null || cat cpu/cpu.shares";

  private static final String THROTTLED =
      "cd /sys/fs/cgroup; cat cpu.stat cpu/cpu.stat 2>/dev/null | grep nr_throttled";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, NODE);

  private static String pod(String name, String resources) {
    return PodText.of(name, "containers: [" + PodText.sleeper("main", resources(resources)) + "]");
  }

  private static String resources(String resources) {
    return ", resources: {" + resources + "}";
  }

  private static String oomScore(Kubectl kubectl, String pod) throws Exception {
    return kubectl.shell(pod, "main", "cat /proc/1/oom_score_adj");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void holdsContainersToTheirLimits(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String both = "requests: {cpu: 500m, memory: 128Mi}, limits: {cpu: 1000m, memory: 256Mi}";
    String busy = PodText.script("busy", "while true; do :; done", resources("limits: {cpu: 0.1}"));
    kubectl.applies(
        PodText.of(
                "kuard",
                "containers: [" + PodText.sleeper("main", resources(both)) + ", " + busy + "]")
            + pod("sure", "limits: {cpu: 100m, memory: 64Mi}")
            + pod("free", ""));
    for (String pod : new String[] {"kuard", "sure", "free"}) {
      kubectl.awaits("Ready", "pod/" + pod);
    }
    assertThat(kubectl.shell("kuard", "main", MEMORY)).isEqualTo("268435456");
    assertThat(kubectl.shell("kuard", "main", QUOTA)).isEqualTo("100000");
    assertThat(kubectl.shell("kuard", "main", WEIGHT)).isIn("512", "20", "59");
    assertThat(kubectl.shell("kuard", "busy", QUOTA)).isEqualTo("10000");
    kubectl.until(
        stat -> stat.matches("nr_throttled [1-9]\\d*\n"),
        "exec",
        "kuard",
        "-c",
        "busy",
        "--",
        "sh",
        "-c",
        THROTTLED);
    assertThat(kubectl.shell("free", "main", QUOTA)).isIn("max", "-1");
    assertThat(kubectl.field("pod/kuard", "{.spec.containers[1].resources}"))
        .isEqualTo("{\"limits\":{\"cpu\":\"100m\"},\"requests\":{\"cpu\":\"100m\"}}");
    assertThat(kubectl.does("describe", "pod", "kuard"))
        .containsPattern("Limits:\n +cpu: +1\n +memory: +256Mi\n")
        .containsPattern("Requests:\n +cpu: +500m\n +memory: +128Mi\n")
        .containsPattern("QoS Class: +Burstable\n");
    assertThat(kubectl.field("pod/sure", "{.status.qosClass}")).isEqualTo("Guaranteed");
    assertThat(kubectl.field("pod/free", "{.status.qosClass}")).isEqualTo("BestEffort");
    assertThat(oomScore(kubectl, "sure")).as("0 where root may not lower it").isIn("-997", "0");
    assertThat(Integer.parseInt(oomScore(kubectl, "kuard"))).isBetween(2, 999);
    assertThat(oomScore(kubectl, "free")).isEqualTo("1000");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void endsContainerThatTakesTooMuchMemoryAndNoOther(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String greedy = "until [ -e /tmp/go ]; do sleep 0.05; done; tail /dev/zero";
    kubectl.applies(
        PodText.of(
            "site",
            "containers: [%s, %s]"
                .formatted(
                    PodText.script("sync", greedy, resources("limits: {memory: 32Mi}")),
                    PodText.sleeper("web", resources("limits: {memory: 32Mi}")))));
    kubectl.awaits("Ready", "pod/site");
    kubectl.shell("site", "sync", "touch /tmp/go");
    kubectl.awaitsField("pod/site", "{.status.containerStatuses[*].restartCount}", "1 0"::equals);
    String last = "{.status.containerStatuses[0].lastState.terminated";
    assertThat(kubectl.field("pod/site", last + ".reason} " + last + ".exitCode}"))
        .isEqualTo("OOMKilled 137");
    kubectl.awaits("Ready", "pod/site");
    assertThat(kubectl.does("describe", "pod", "site"))
        .containsPattern("Last State: +Terminated\n +Reason: +OOMKilled\n +Exit Code: +137\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void addsUpWhatPodsRequest(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String requests = "requests: {cpu: 50m, memory: 16Mi}, limits: {memory: 32Mi}";
    kubectl.applies(
        PodText.of(
                "two",
                "containers: [%s, %s]"
                    .formatted(
                        PodText.sleeper("main", resources(requests)),
                        PodText.sleeper("side", resources(requests))))
            + pod("huge", "requests: {cpu: 1k}")
            + pod("graphic", "limits: {nvidia.com/gpu: 1}"));
    kubectl.awaits("Ready", "pod/two");
    assertThat(kubectl.does("describe", "nodes", NODE))
        .containsPattern(kubectl.namespace() + " +two +100m \\(\\d+%\\) +0 \\(0%\\) +32Mi .* 64Mi ")
        .containsPattern("Allocated resources:\n")
        .containsPattern("\n +cpu +\\d+m? \\(\\d+%\\) +\\d+m? \\(\\d+%\\)\n")
        .containsPattern("Capacity:\n +cpu: +" + Runtime.getRuntime().availableProcessors() + "\n")
        .containsPattern("Allocatable:\n")
        .containsPattern("Container Runtime Version: +kuber")
        .containsPattern("Kernel Version: +" + System.getProperty("os.version"))
        .containsPattern("MemoryPressure +False .* KubeletHasSufficientMemory ")
        .containsPattern("PodCIDR: +10\\.244\\.0\\.0/24\n");
    kubectl.until(text -> text.contains("Insufficient cpu"), "describe", "pod", "huge");
    kubectl.until(
        text -> text.contains("Insufficient nvidia.com/gpu"), "describe", "pod", "graphic");
    assertThat(kubectl.does("get", "pods", "--no-headers"))
        .containsPattern("huge +0/1 +Pending ")
        .containsPattern("graphic +0/1 +Pending ");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesLimitsFromTheNamespace(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: usual}
        spec: {limits: [{type: Container, default: {memory: 49152Ki}, defaultRequest: {cpu: 0.01}}]}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: few}
        spec: {hard: {pods: 1}}
        """);
    kubectl.until("0"::equals, "get", "quota/few", "-o", "jsonpath={.status.used.pods}");
    kubectl.applies(pod("first", ""));
    kubectl.awaits("Ready", "pod/first");
    assertThat(kubectl.shell("first", "main", MEMORY)).isEqualTo(String.valueOf(48 << 20));
    assertThat(kubectl.field("pod/first", "{.spec.containers[0].resources.requests}"))
        .isEqualTo("{\"cpu\":\"10m\",\"memory\":\"48Mi\"}");
    assertThat(kubectl.failsWith(pod("second", ""), "apply", "-f", "-"))
        .contains("exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1");
  }
}
