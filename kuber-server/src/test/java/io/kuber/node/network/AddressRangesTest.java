package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.node.network.AddressRanges.Range;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AddressRangesTest {
  private static Range range(String first, String last) {
    return new Range(Ipv4.parse(first), Ipv4.parse(last));
  }

  @Test
  void joinWhatOverlapsOrTouches() {
    AddressRanges joined =
        AddressRanges.of(
            List.of(
                range("10.0.0.8", "10.0.0.9"),
                range("10.0.0.1", "10.0.0.5"),
                range("10.0.0.2", "10.0.0.3"),
                range("10.0.0.6", "10.0.0.6"),
                range("200.0.0.1", "200.0.0.1")));
    assertThat(joined.ranges())
        .containsExactly(
            range("10.0.0.1", "10.0.0.6"),
            range("10.0.0.8", "10.0.0.9"),
            range("200.0.0.1", "200.0.0.1"));
  }

  @Test
  void readBlocks() {
    assertThat(AddressRanges.ofBlock("10.1.2.3/8").ranges())
        .containsExactly(range("10.0.0.0", "10.255.255.255"));
    assertThat(AddressRanges.ofBlock("192.0.2.1/32").ranges())
        .containsExactly(range("192.0.2.1", "192.0.2.1"));
    assertThat(AddressRanges.ofBlock("0.0.0.0/0")).isEqualTo(AddressRanges.ALL);
    assertThat(AddressRanges.ofBlock("fd00::/8")).isEqualTo(AddressRanges.NONE);
    assertThatThrownBy(() -> AddressRanges.ofBlock("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaveHoles() {
    AddressRanges block = AddressRanges.ofBlock("10.0.0.0/24");
    assertThat(block.minus(AddressRanges.ofBlock("10.0.0.16/28")).ranges())
        .containsExactly(range("10.0.0.0", "10.0.0.15"), range("10.0.0.32", "10.0.0.255"));
    assertThat(block.minus(AddressRanges.ALL)).isEqualTo(AddressRanges.NONE);
    assertThat(AddressRanges.ALL.minus(AddressRanges.ofBlock("128.0.0.0/1")))
        .isEqualTo(AddressRanges.ofBlock("0.0.0.0/1"));
    assertThat(block.minus(AddressRanges.NONE)).isEqualTo(block);
  }

  @Test
  void areEqualHoweverTheyCameAbout() {
    AddressRanges halves =
        AddressRanges.ofBlock("0.0.0.0/1").plus(AddressRanges.ofBlock("128.0.0.0/1"));
    assertThat(halves).isEqualTo(AddressRanges.ALL);
    assertThat(
            AddressRanges.ofAddresses(Stream.of("10.0.0.1", "10.0.0.0").map(Ipv4::parse).toList()))
        .isEqualTo(AddressRanges.ofBlock("10.0.0.0/31"));
  }

  @Test
  void knowWhatTheyContain() {
    AddressRanges some = AddressRanges.ofBlock("192.0.2.0/25");
    assertThat(some.contains(Ipv4.parse("192.0.2.127"))).isTrue();
    assertThat(some.contains(Ipv4.parse("192.0.2.128"))).isFalse();
    assertThat(AddressRanges.ALL.contains(Ipv4.parse("255.255.255.255"))).isTrue();
  }
}
