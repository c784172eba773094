package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.resource.AddressRange;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Below which domain the names of a cluster may be. */
final class ClusterDomainTest {
  @Test
  void isClusterLocalUnlessSomebodyChoosesAnother() {
    ClusterOptions options = new ClusterOptions(Path.of("data"), 0, "node");
    assertThat(options.network().domain().name()).isEqualTo("cluster.local");
    ClusterNetwork other =
        new ClusterNetwork(
            new ClusterDomain("a-1.kuber.example"), AddressRange.SERVICES, AddressRange.PODS);
    assertThat(options.with(other).with(CrowdOptions.STANDARD).network()).isEqualTo(other);
    assertThat(new ClusterDomain("x".repeat(57)).name()).hasSize(57);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "Kuber.example", "kuber.example.", "-a.b", "a..b", "a_b", "a b"})
  void isRefusedUnlessItIsOne(String name) {
    assertThatThrownBy(() -> new ClusterDomain(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--cluster-domain: \"" + name + "\" is no domain");
  }

  @Test
  void leavesRoomForTheNamesOfPods() {
    assertThatThrownBy(() -> new ClusterDomain("x".repeat(29) + "." + "y".repeat(28)))
        .hasMessageContaining("--cluster-domain")
        .hasMessageContaining("longer than 57 characters");
  }
}
