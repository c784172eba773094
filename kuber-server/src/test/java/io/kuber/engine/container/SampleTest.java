package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.container.Usage;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel says of what is used, and what clients make of it. */
final class SampleTest {
  @Test
  void countsTheTimeOfAllProcessors() {
    assertThat(Sample.machineNanos("cpu  100 2 30 400 5 0 7 8 900 0")).isEqualTo(5_520_000_000L);
  }

  @Test
  void countsWhatLinksHaveSentAndReceived() {
    Tree networks =
        Sample.networks(
            List.of(
                "Inter-|   Receive                            |  Transmit",
                " face |bytes packets errs drop fifo frame compressed multicast|bytes packets",
                "    lo:  70 7 0 0 0 0 0 0 70 7 0 0 0 0 0 0",
                "  eth0: 1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0"));
    assertThat(networks)
        .isEqualTo(
            Tree.of(
                "eth0",
                Tree.of(
                    "rx_bytes", 1000L, "rx_packets", 10L, "tx_bytes", 2000L, "tx_packets", 20L)));
  }

  @Test
  void tellsBothMomentsThatPercentagesComeFrom() {
    Sample before = new Sample(Instant.EPOCH, Usage.NONE, 100, Tree.EMPTY);
    Usage usage = new Usage(50, 4096, 1024, 0, 0, 0, 3);
    Tree told =
        new Sample(Instant.EPOCH.plusSeconds(1), usage, 300, Tree.EMPTY)
            .tree(before, "abc", "web", 2, 9000);
    assertThat(told.number(0, "cpu_stats", "cpu_usage", "total_usage")).isEqualTo(50);
    assertThat(told.number(0, "cpu_stats", "system_cpu_usage")).isEqualTo(300);
    assertThat(told.number(0, "precpu_stats", "system_cpu_usage")).isEqualTo(100);
    assertThat(told.number(0, "memory_stats", "stats", "inactive_file")).isEqualTo(3072);
    assertThat(told.number(0, "memory_stats", "limit")).isEqualTo(9000);
    assertThat(told.text("name")).isEqualTo("/web");
  }
}
