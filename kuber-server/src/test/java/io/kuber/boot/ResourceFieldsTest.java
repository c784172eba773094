package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What containers may use, read from inside real ones. */
@Execution(ExecutionMode.CONCURRENT)
final class ResourceFieldsTest {
  private static final boolean VERSION_2 =
      Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

  private static final Map<String, String> FILES =
      VERSION_2
          ? Map.of(
              "weight",
              "cpu.weight",
              "quota",
              "cpu.max",
              "memory",
              "memory.max",
              "pids",
              "pids.max")
          : Map.of(
              "weight", "cpu/cpu.shares",
              "quota", "cpu/cpu.cfs_quota_us",
              "memory", "memory/memory.limit_in_bytes",
              "pids", "pids/pids.max");

  private static final long RIGHT_TO_LOWER = 1L << 24;

  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  private String read(String resources, String script) {
    return READER.read("", "resources: {" + resources + "}", script);
  }

  private static String file(String name) {
    return "/sys/fs/cgroup/" + FILES.get(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                    | weight | 2        | 1",
        "'requests: {cpu: 250m}'               | weight | 256      | 10",
        "'limits: {cpu: 500m}'                 | weight | 512      | 20",
        "''                                    | quota  | -1       | max 100000",
        "'limits: {cpu: 500m}'                 | quota  | 50000    | 50000 100000",
        "'limits: {cpu: 1m}'                   | quota  | 1000     | 1000 100000",
        "'limits: {memory: 64Mi}'              | memory | 67108864 | 67108864",
        "'requests: {memory: 1Mi}, limits: {memory: 32Mi}' | memory | 33554432 | 33554432",
        "''                                    | pids   | 4096     | 4096",
      })
  void isLimitedAsItsResourcesSay(String resources, String file, String v1, String v2) {
    assertThat(read(resources, "cat " + file(file))).isEqualTo(VERSION_2 ? v2 : v1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                     | BestEffort | 1000",
        "'requests: {cpu: 10m}'                 | Burstable  | 999",
        "'requests: {memory: 1Mi}'              | Burstable  | 999",
        "'limits: {cpu: 10m, memory: 32Mi}'     | Guaranteed | -997",
        "'requests: {cpu: 5m, memory: 32Mi}, limits: {cpu: 10m, memory: 32Mi}' | Burstable | 999",
      })
  void isKilledInTheOrderOfItsClass(String resources, String qos, int score) throws IOException {
    String name =
        READER.start("", "resources: {" + resources + "}", "cat /proc/self/oom_score_adj");
    assertThat(BENCH.awaitOutput(name).strip())
        .isEqualTo(Integer.toString(score < 0 && !mayLower() ? ownScore() : score));
    assertThat(BENCH.cluster().pod(name).status().text("qosClass")).isEqualTo(qos);
  }

  private static boolean mayLower() throws IOException {
    return (SecurityFieldsTest.held() & RIGHT_TO_LOWER) != 0;
  }

  private static int ownScore() throws IOException {
    return Integer.parseInt(Files.readAllLines(Path.of("/proc/self/oom_score_adj")).get(0).strip());
  }

  @Test
  void isSlowedDownAtItsLimitOfProcessors() {
    String stat = VERSION_2 ? "/sys/fs/cgroup/cpu.stat" : "/sys/fs/cgroup/cpu/cpu.stat";
    assertThat(
            read(
                "limits: {cpu: 50m}",
                "while grep -q '^nr_throttled 0$' " + stat + "; do :; done; echo slow"))
        .isEqualTo("slow");
  }

  @Test
  void endsWhenItNeedsMoreMemoryThanItMayHave() {
    KubeObject pod =
        READER.fail(
            "", "resources: {limits: {memory: 32Mi}}, command: [tail, /dev/zero]", "unused");
    assertThat(FieldReader.status(pod).text("state", "terminated", "reason"))
        .isEqualTo("OOMKilled");
    assertThat(FieldReader.status(pod).number(-1, "state", "terminated", "exitCode"))
        .isEqualTo(137);
  }

  @Test
  void goesWhenItWritesMoreThanItMay() {
    KubeObject pod =
        READER.fail(
            "",
            "resources: {limits: {ephemeral-storage: 1Mi}}",
            "head -c 5000000 /dev/zero > /tmp/large; sleep 1000");
    assertThat(pod.status().text("reason")).isEqualTo("Evicted");
    assertThat(pod.status().text("message"))
        .isEqualTo("Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'requests: {cpu: 100k}'               | OutOfcpu",
        "'requests: {memory: 1Pi}'             | OutOfmemory",
        "'requests: {ephemeral-storage: 1Ei}'  | OutOfephemeral-storage",
      })
  void isRefusedWhereThereIsNoRoom(String resources, String reason) {
    KubeObject pod = READER.fail("", "resources: {" + resources + "}", "true");
    assertThat(pod.status().text("reason")).isEqualTo(reason);
    assertThat(pod.status().text("message"))
        .startsWith(
            "Pod was rejected: Node didn't have enough resource: "
                + reason.substring("OutOf".length()));
  }
}
