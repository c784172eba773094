package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv4Test {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.244.0.1", "255.255.255.255"})
  void readsWhatItWrites(String text) {
    assertThat(Ipv4.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "a.b.c.d", "1.2.3.-4"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Ipv4.parse(text)).hasMessageContaining("is not an IPv4 address");
  }

  @Test
  void saysThatIpv6IsNotThere() {
    assertThatThrownBy(() -> Ipv4.parse("fd00::1")).hasMessageContaining("IPv4 only");
  }

  @Test
  void knowsWhatIsInABlock() {
    Ipv4Block block = Ipv4Block.parse("10.96.0.0/12");
    assertThat(block.size()).isEqualTo(1 << 20);
    assertThat(block.contains(Ipv4.parse("10.111.255.255"))).isTrue();
    assertThat(block.contains(Ipv4.parse("10.112.0.0"))).isFalse();
  }

  @Test
  void dividesABlock() {
    Ipv4Block block = Ipv4Block.parse("10.244.0.0/16");
    assertThat(block.part(24, 0)).hasToString("10.244.0.0/24");
    assertThat(block.part(24, 255)).hasToString("10.244.255.0/24");
    assertThat(block.part(16, 0)).isEqualTo(block);
    assertThatThrownBy(() -> block.part(24, 256))
        .hasMessage("10.244.0.0/16 has no part /24 number 256");
    assertThatThrownBy(() -> block.part(8, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesEachOfSeveralNodesABlockOfItsOwn() {
    PodNetworkConfig alone = PodNetworkConfig.standard("kuber0");
    assertThat(alone.ofNode(1)).isEqualTo(alone);
    assertThat(alone.ofNode(3).gateway()).hasToString("10.244.2.1");
    assertThat(alone.betweenNodes().bridge()).isEqualTo("kuber0-lan");
    assertThat(PodNetworkConfig.standard("bridge-of-pods1").betweenNodes().bridge())
        .isEqualTo("bridge-of-p-lan");
    assertThat(alone.betweenNodes().gateway()).hasToString("10.244.255.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/24", "10.0.0.0/33", "10.0.0.0/0", "10.0.0.0", "x/8"})
  void refusesWhatIsNoBlock(String text) {
    assertThatThrownBy(() -> Ipv4Block.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
