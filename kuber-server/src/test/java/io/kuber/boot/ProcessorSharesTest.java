package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.PatchType;
import io.kuber.node.TestCluster;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Processors that are short are divided by what was requested. Everything that is measured runs on
 * one processor and wants all of it, so that whatever else the machine does takes from all alike;
 * what each got is read from the control groups.
 */
@Execution(ExecutionMode.SAME_THREAD)
final class ProcessorSharesTest {
  private static final boolean VERSION_2 =
      Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

  private static final String WEIGHT = VERSION_2 ? "cpu.weight" : "cpu.shares";

  private static final String USAGE = "usage_usec ";
  private static final long NANOS_PER_MICRO = 1000;

  /** Of processor time, in microseconds. */
  private static final long SECOND = 1_000_000;

  /** Between which twice as much is. */
  private static final double LEAST = 1.5;

  private static final double MOST = 2.7;

  /** A container that keeps the first processor busy that it may use. */
  private static final String BUSY =
      "name: %s, image: kuber.io/host, resources: {requests: {cpu: %s}}, command: [sh, -c, '"
          + "exec taskset -c $(sed -nE \"s/^Cpus_allowed_list:[^0-9]*([0-9]+).*/\\1/p\""
          + " /proc/self/status) sh -c \"while :; do :; done\"']";

  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static Tree container(String name, String cpu) {
    return TestCluster.parse("{" + BUSY.formatted(name, cpu) + "}");
  }

  private static void run(String name, Tree... containers) {
    Tree spec =
        Tree.of("terminationGracePeriodSeconds", 0L, "containers", Items.of((Object[]) containers));
    BENCH.run(Tree.of("metadata", Tree.of("name", name), "spec", spec));
    BENCH.awaitReady(name);
  }

  /**
   * What a file of a control group says. It is read from outside: whoever reads it inside uses time
   * of the group's own.
   *
   * @param below the path of the group below the one of all pods
   */
  private static String read(String below, String file) {
    try {
      Path found =
          BENCH.controlGroups().stream()
              .map(all -> all.resolve(below).resolve(file))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      return Files.readString(found).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String group(String pod) {
    return BENCH.cluster().pod(pod).uid();
  }

  private static String group(String pod, String container) {
    KubeObject now = BENCH.cluster().pod(pod);
    String id =
        now.status().items("containerStatuses").trees().stream()
            .filter(status -> status.text("name").equals(container))
            .map(status -> status.text("containerID"))
            .findFirst()
            .orElseThrow();
    return now.uid() + "/" + id.substring(id.lastIndexOf('/') + 1);
  }

  private static String weight(String group) {
    return read(group, WEIGHT);
  }

  /** Processor time of a group so far, in microseconds. */
  private static long used(String group) {
    if (!VERSION_2) {
      return Long.parseLong(read(group, "cpuacct.usage")) / NANOS_PER_MICRO;
    }
    return read(group, "cpu.stat")
        .lines()
        .filter(line -> line.startsWith(USAGE))
        .mapToLong(line -> Long.parseLong(line.substring(USAGE.length())))
        .findFirst()
        .orElseThrow();
  }

  /** How much more a group gets than another, from now until the other has got a second. */
  private static double ratio(String more, String less) {
    long moreBefore = used(more);
    long lessBefore = used(less);
    NodeBench.until(() -> used(less) - lessBefore >= SECOND);
    return (double) (used(more) - moreBefore) / (used(less) - lessBefore);
  }

  private static String either(String version1, String version2) {
    return VERSION_2 ? version2 : version1;
  }

  @Test
  void areDividedAmongContainersByTheirRequests() {
    run("both", container("less", "100m"), container("more", "200m"));
    String less = group("both", "less");
    String more = group("both", "more");
    assertThat(weight(less)).isEqualTo(either("102", "4"));
    assertThat(weight(more)).isEqualTo(either("204", "8"));
    assertThat(ratio(more, less)).isBetween(LEAST, MOST);
    BENCH.delete("both");
  }

  @Test
  void areDividedAmongPodsByTheSumOfTheirRequests() {
    run("small", container("one", "200m"));
    run("large", container("one", "200m"), container("two", "200m"));
    assertThat(weight(group("small"))).isEqualTo(either("204", "8"));
    assertThat(weight(group("large"))).isEqualTo(either("409", "16"));
    assertThat(ratio(group("large"), group("small"))).isBetween(LEAST, MOST);
    BENCH.delete("small");
    BENCH.delete("large");
  }

  @Test
  void followWhatARunningPodIsAllocated() {
    run("growing", container("one", "100m"));
    assertThat(weight(group("growing"))).isEqualTo(either("102", "4"));
    Tree change =
        TestCluster.parse(
            "{spec: {containers: [{name: one, resources: {requests: {cpu: 200m}}}]}}");
    await(
        BENCH
            .cluster()
            .client()
            .patch(Resources.PODS, "default", "growing", "resize", PatchType.STRATEGIC, change));
    NodeBench.until(() -> weight(group("growing")).equals(either("204", "8")));
    assertThat(weight(group("growing", "one"))).isEqualTo(either("204", "8"));
    BENCH.delete("growing");
  }

  @Test
  void areLeftToOthersByPodsThatRequestNone() {
    run("humble", container("one", "0m"));
    assertThat(weight(group("humble"))).isEqualTo(either("2", "1"));
    BENCH.delete("humble");
  }
}
