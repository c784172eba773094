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

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/24", "10.0.0.0/33", "10.0.0.0/0", "10.0.0.0", "x/8"})
  void refusesWhatIsNoBlock(String text) {
    assertThatThrownBy(() -> Ipv4Block.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
