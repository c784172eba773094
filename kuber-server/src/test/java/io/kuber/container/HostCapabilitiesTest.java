package io.kuber.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class HostCapabilitiesTest {
  @Test
  void explainsWhatStandsInTheWay() {
    HostCapabilities host =
        new HostCapabilities("6.1.0", true, false, true, true, true, true, true, 0, Set.of());
    assertThat(host.canRunContainers()).isFalse();
    assertThat(host.obstacles())
        .containsExactly(
            "containers need root; run kuber with sudo",
            "no control groups are mounted at /sys/fs/cgroup");
  }

  @Test
  void namesMissingControllersWithoutRefusingContainers() {
    HostCapabilities host =
        new HostCapabilities(
            "6.1.0", true, true, true, true, true, true, true, 2, Set.of("cpu", "pids"));
    assertThat(host.canRunContainers()).isTrue();
    assertThat(host.shortcomings())
        .containsExactly("limits of memory are refused: there is no such cgroup controller");
  }

  @Test
  void readsCapabilitiesAsPodsSpellThem() {
    assertThat(Capability.named("CAP_NET_ADMIN")).isEqualTo(Capability.named("net_admin"));
    assertThat(Capability.named("SYS_ADMIN").number()).isEqualTo(21);
    assertThat(Capability.CHECKPOINT_RESTORE.number()).isEqualTo(40);
  }
}
