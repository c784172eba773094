package io.kuber.node.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.NodeReading;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.boot.NodeBench;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is measured of real pods. */
@Execution(ExecutionMode.CONCURRENT)
final class RealPodReadingsTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private static Path directory;

  @RegisterExtension static final NodeBench NODE = new NodeBench(() -> directory);

  private static Optional<Amounts> used(String pod, String container) {
    return NODE.readings().stream()
        .flatMap(node -> node.pods().stream())
        .filter(reading -> reading.name().equals(pod))
        .map(PodReading::containers)
        .filter(all -> all.containsKey(container))
        .map(all -> all.get(container))
        .findFirst();
  }

  @Test
  void tellsWhoIsBusyFromWhoSleeps() {
    NODE.run(
        """
        metadata: {name: busy}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - {name: loops, image: kuber.io/host, command: [sh, -c, 'while :; do :; done']}
          - {name: sleeps, image: kuber.io/host, command: [sleep, "1000"]}
        """);
    NodeBench.until(() -> used("busy", "loops").filter(a -> a.cpuNanos() > 1_000_000).isPresent());
    Amounts sleeps = used("busy", "sleeps").orElseThrow();
    assertThat(sleeps.cpuNanos()).isLessThan(used("busy", "loops").orElseThrow().cpuNanos());
    assertThat(sleeps.memoryBytes()).isBetween(1L, 100 * MEBIBYTE);
    NodeReading node = NODE.readings().get(0);
    assertThat(node.node()).isEqualTo(NodeBench.NODE);
    assertThat(node.used().memoryBytes()).isGreaterThan(sleeps.memoryBytes());
    NODE.delete("busy");
    NodeBench.until(() -> used("busy", "loops").isEmpty());
  }

  @Test
  void countsMemoryThatIsInUse() {
    NODE.run(
        """
        metadata: {name: fat}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'a=$(head -c 60000000 /dev/zero | tr "\\\\0" x); sleep 1000']
        """);
    NodeBench.until(
        () -> used("fat", "main").filter(a -> a.memoryBytes() > 50 * MEBIBYTE).isPresent());
    NODE.delete("fat");
  }
}
