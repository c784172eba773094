package io.kuber.node.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.container.Usage;
import io.kuber.json.Yaml;
import io.kuber.node.stats.FileUse;
import io.kuber.node.stats.MachineUse;
import io.kuber.node.stats.Measured;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import io.kuber.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has to go, and what the node says of itself; a table for each. */
final class EvictionPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MI = 1 << 20;
  private static final long GI = 1 << 30;
  private static final FileUse ROOMY = files(100 * GI, 50 * GI, 1000, 500);

  private static FileUse files(long capacity, long available, long inodes, long inodesFree) {
    return new FileUse(
        capacity, available, capacity - available, inodes, inodesFree, inodes - inodesFree);
  }

  private static FileUse taken(long bytes) {
    return new FileUse(100 * GI, 50 * GI, bytes, 1000, 500, 1);
  }

  private static Measured measured(long memory, long pids) {
    return new Measured(NOW, Duration.ofSeconds(5), new Usage(0, memory, memory, 0, 0, 0, pids), 0);
  }

  private static Summary node(long memoryFree, FileUse disk, List<PodSummary> pods) {
    Measured used = measured(16 * GI - memoryFree, 100);
    MachineUse machine = new MachineUse(used.usage(), 16 * GI, 32768, List.of());
    return new Summary("n", NOW, used, machine, disk, disk, pods);
  }

  /** A pod of one container {@code c}. */
  private static PodSummary pod(
      String name, String more, String resources, long memory, long disk) {
    String yaml =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default, uid: %s}
        spec: {%s containers: [{name: c, image: i, resources: {%s}}], volumes: [
          {name: scratch, emptyDir: {sizeLimit: 1Gi}}]}
        """
            .formatted(name, name, more, resources);
    return new PodSummary(
        KubeObject.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))),
        List.of(new ContainerSummary("c", NOW, measured(memory, 2), taken(disk), taken(0))),
        Optional.empty(),
        Map.of("scratch", taken(0)));
  }

  private static PodSummary pod(String name, long memory) {
    return pod(name, "", "", memory, 0);
  }

  private static EvictionPlan plan(Summary summary) {
    return EvictionPlanner.plan(summary, Threshold.DEFAULTS, Map.of(), NOW);
  }

  private static List<String> victims(Summary summary) {
    return plan(summary).victims().stream().map(victim -> victim.pod().name()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "101, 50, 50, ''",
    "99, 50, 50, MEMORY",
    "101, 9, 50, DISK",
    "101, 14, 50, DISK",
    "101, 16, 50, ''",
    "101, 50, 4, DISK",
    "99, 9, 4, 'MEMORY,DISK'",
  })
  void tellsOfPressure(long memoryMi, long diskGi, int inodes, String pressures) {
    Summary summary = node(memoryMi * MI, files(100 * GI, diskGi * GI, 100, inodes), List.of());
    String under =
        String.join(",", plan(summary).under().stream().sorted().map(Enum::name).toList());
    assertThat(under).isEqualTo(pressures);
  }

  @Test
  void knowsNothingOfFileSystemsWithoutInodes() {
    assertThat(plan(node(GI, files(100 * GI, 50 * GI, 0, 0), List.of())).under()).isEmpty();
  }

  @Test
  void tellsOfPressureForFiveMinutesAfterItHasGone() {
    EvictionPlan bad = plan(node(50 * MI, ROOMY, List.of()));
    Summary good = node(GI, ROOMY, List.of());
    EvictionPlan soon =
        EvictionPlanner.plan(good, Threshold.DEFAULTS, bad.seen(), NOW.plusSeconds(299));
    assertThat(soon.under()).containsExactly(Pressure.MEMORY);
    assertThat(soon.victims()).isEmpty();
    EvictionPlan later =
        EvictionPlanner.plan(good, Threshold.DEFAULTS, soon.seen(), NOW.plusSeconds(300));
    assertThat(later.under()).isEmpty();
  }

  @Test
  void letsGoWhoUsesMostBeyondItsRequest() {
    PodSummary modest = pod("modest", "", "requests: {memory: 3Gi}", 2 * GI, 0);
    PodSummary beyond = pod("beyond", "", "requests: {memory: 1Gi}", GI + 300 * MI, 0);
    PodSummary small = pod("small", 200 * MI);
    assertThat(victims(node(50 * MI, ROOMY, List.of(modest, small, beyond))))
        .containsExactly("beyond");
  }

  @Test
  void sparesTheImportantAmongThoseBeyondTheirRequests() {
    PodSummary important = pod("important", "priority: 100,", "", 5 * GI, 0);
    PodSummary plain = pod("plain", MI);
    PodSummary within = pod("within", "priority: -5,", "requests: {memory: 1Gi}", MI, 0);
    assertThat(victims(node(50 * MI, ROOMY, List.of(important, within, plain))))
        .containsExactly("plain");
  }

  @Test
  void letsGoWhoIsWithinItsRequestWhenNobodyElseIsThere() {
    PodSummary within = pod("within", "", "requests: {memory: 1Gi}", MI, 0);
    assertThat(victims(node(50 * MI, ROOMY, List.of(within)))).containsExactly("within");
  }

  @Test
  void neverLetsGoWhatIsCritical() {
    PodSummary critical = pod("critical", "priority: 2000001000,", "", 5 * GI, 5 * GI);
    assertThat(victims(node(50 * MI, ROOMY, List.of(critical)))).isEmpty();
  }

  @Test
  void seesToMemoryBeforeTheDisk() {
    PodSummary writer = pod("writer", "", "", MI, 20 * GI);
    PodSummary eater = pod("eater", GI);
    Summary summary = node(50 * MI, files(100 * GI, GI, 100, 50), List.of(writer, eater));
    assertThat(plan(summary).starved()).contains("memory");
    assertThat(victims(summary)).containsExactly("eater");
  }

  @Test
  void saysWhyInTheWordsOfUpstream() {
    PodSummary pod = pod("p", "", "requests: {memory: 64Mi}", 128 * MI, 0);
    assertThat(plan(node(50 * MI, ROOMY, List.of(pod))).victims().get(0).message())
        .isEqualTo(
            "The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi."
                + " Container c was using 128Mi, request is 64Mi, has larger consumption of"
                + " memory. ");
    PodSummary writer = pod("w", "", "", MI, 3 * GI);
    Summary full = node(GI, files(100 * GI, 5 * GI, 100, 50), List.of(writer));
    assertThat(plan(full).victims().get(0).message())
        .isEqualTo(
            "The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available:"
                + " 5Gi. Container c was using 3Gi, request is 0, has larger consumption of"
                + " ephemeral-storage. ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | 5000 | 0    | ''",
        "limits: {ephemeral-storage: 1Gi}  | 1023 | 0    | ''",
        "limits: {ephemeral-storage: 1Gi}  | 1025 | 0    | Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ",
        "limits: {ephemeral-storage: 3Gi}  | 0    | 1025 | Usage of EmptyDir volume \"scratch\" exceeds the limit \"1Gi\". ",
        "''                                | 0    | 1023 | ''",
      })
  void letsGoWhoTakesMoreOfTheDiskThanItMay(
      String resources, long layerMi, long volumeMi, String message) {
    PodSummary plain = pod("p", "", resources, MI, layerMi * MI);
    PodSummary pod =
        new PodSummary(
            plain.object(),
            plain.containers(),
            Optional.empty(),
            Map.of("scratch", taken(volumeMi * MI)));
    List<String> messages =
        plan(node(GI, ROOMY, List.of(pod))).victims().stream()
            .map(victim -> victim.message().strip())
            .toList();
    assertThat(String.join("", messages)).isEqualTo(message.strip());
  }

  @Test
  void namesTheContainerThatIsBeyondItsLimit() {
    PodSummary one = pod("p", "", "limits: {ephemeral-storage: 1Gi}", MI, 1025 * MI);
    List<ContainerSummary> two = new ArrayList<>(one.containers());
    KubeObject object =
        KubeObject.of(
            Yaml.parse(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: default, uid: p}
                spec: {containers: [
                  {name: c, image: i, resources: {limits: {ephemeral-storage: 1Gi}}},
                  {name: d, image: i, resources: {limits: {ephemeral-storage: 5Gi}}}]}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    PodSummary pod = new PodSummary(object, two, Optional.empty(), Map.of());
    assertThat(plan(node(GI, ROOMY, List.of(pod))).victims().get(0).message())
        .isEqualTo("Container c exceeded its local ephemeral storage limit \"1Gi\". ");
  }
}
