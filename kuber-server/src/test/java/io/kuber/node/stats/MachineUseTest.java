package io.kuber.node.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine as files of /proc have recorded it. */
final class MachineUseTest {
  @TempDir private Path proc;

  private void record(String file, String content) throws Exception {
    Path path = proc.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void readsWhatTheKernelSays() throws Exception {
    record(
        "meminfo",
        """
        MemTotal:       24684092 kB
        MemFree:        17061500 kB
        MemAvailable:   18210208 kB
        Cached:          4268220 kB
        Inactive(file):   625792 kB
        AnonPages:       2769989 kB
        HugePages_Total:       0
        """);
    record("vmstat", "nr_free_pages 4265375\npgfault 729570882\npgmajfault 87227\n");
    record("stat", "cpu  100 20 30 4000 500 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
    record("loadavg", "18.16 16.32 12.39 17/759 9047\n");
    record("sys/kernel/pid_max", "32768\n");
    record(
        "net/dev",
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:    9000      10    0    0    0     0          0         0     9000      10    0    0    0     0       0          0
          ens4:  123456     100    1    0    0     0          0         0     6543      90    2    0    0     0       0          0
        """);

    MachineUse use = MachineUse.read(proc);

    assertThat(use.memoryBytes()).isEqualTo(24684092L * 1024);
    assertThat(use.used().memoryBytes()).isEqualTo((24684092L - 17061500) * 1024);
    assertThat(use.used().workingSetBytes()).isEqualTo((24684092L - 17061500 - 625792) * 1024);
    assertThat(use.availableBytes()).isEqualTo((17061500L + 625792) * 1024);
    assertThat(use.used().rssBytes()).isEqualTo(2769989L * 1024);
    assertThat(use.used().pageFaults()).isEqualTo(729570882);
    assertThat(use.used().majorPageFaults()).isEqualTo(87227);
    assertThat(use.used().cpuNanos()).isEqualTo((100L + 20 + 30 + 6 + 7 + 8) * 10_000_000);
    assertThat(use.used().pids()).isEqualTo(759);
    assertThat(use.maxPids()).isEqualTo(32768);
    assertThat(use.links()).containsExactly(new LinkUse("ens4", 123456, 1, 6543, 2));
  }

  @Test
  void readsThisMachine() throws Exception {
    MachineUse use = MachineUse.read(Path.of("/proc"));
    assertThat(use.used().cpuNanos()).isPositive();
    assertThat(use.availableBytes()).isBetween(1L, use.memoryBytes());
    assertThat(use.used().pids()).as("%s", use).isBetween(1L, use.maxPids());
  }
}
