package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.node.network.PodNetworkConfig;
import io.kuber.resource.AddressRange;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses a cluster can be told to give. */
final class ClusterNetworkTest {
  @TempDir private Path directory;

  private static ClusterNetwork of(String services, String pods) {
    return new ClusterNetwork(
        ClusterDomain.STANDARD, AddressRange.parse(services), AddressRange.parse(pods));
  }

  @Test
  void givesTheUsualOnesWhenNobodyChooses() {
    assertThat(ClusterNetwork.STANDARD.apiAddress()).isEqualTo("10.96.0.1");
    assertThat(ClusterNetwork.STANDARD.namesAddress()).isEqualTo("10.96.0.10");
    assertThat(ClusterNetwork.STANDARD.of(NodePlace.standard())).isEqualTo(NodePlace.standard());
  }

  @Test
  void tellsNodesWhatTheyHave() {
    PodNetworkConfig network =
        of("172.20.0.0/24", "172.21.0.0/19").of(NodePlace.standard()).network();
    assertThat(network.pods()).hasToString("172.21.0.0/24");
    assertThat(network.clusterPods()).hasToString("172.21.0.0/19");
    assertThat(network.services()).hasToString("172.20.0.0/24");
    assertThat(network.ofNode(3).gateway()).hasToString("172.21.2.1");
    assertThat(network.betweenNodes().pods()).hasToString("172.21.31.0/24");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 172.16.0.0/16, --service-cidr: the prefix of 10.0.0.0/8 is not between /12 and /26",
    "10.0.0.0/27, 172.16.0.0/16, --service-cidr: the prefix of 10.0.0.0/27",
    "10.96.0.0/12, 10.244.0.0/20, --pod-cidr: the prefix of 10.244.0.0/20 is not between /8 and /19",
    "10.96.0.0/12, 10.0.0.0/8, --service-cidr: 10.96.0.0/12 overlaps with 10.0.0.0/8",
  })
  void refusesWhatCannotBe(String services, String pods, String why) {
    assertThatThrownBy(() -> of(services, pods))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void staysAsTheClusterWasMade() throws Exception {
    ClusterOptions usual = new ClusterOptions(directory, 0, "node-1");
    Cluster.start(usual, new NoNodes(), Progress.SILENT).close();
    assertThatThrownBy(
            () ->
                Cluster.start(
                    usual.with(of("172.20.0.0/24", "172.21.0.0/19")),
                    new NoNodes(),
                    Progress.SILENT))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--service-cidr")
        .hasMessageContaining("10.96.0.1");
    Cluster.start(usual, new NoNodes(), Progress.SILENT).close();
  }
}
