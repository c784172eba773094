package io.kuber.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of addresses that clusters give. */
final class AddressRangeTest {
  private static final AddressRange RANGE = AddressRange.parse("172.20.4.0/22");

  @Test
  void knowsItsAddresses() {
    assertThat(RANGE).hasToString("172.20.4.0/22");
    assertThat(RANGE.size()).isEqualTo(1024);
    assertThat(RANGE.at(0)).isEqualTo("172.20.4.0");
    assertThat(RANGE.at(258)).isEqualTo("172.20.5.2");
    assertThat(RANGE.part(24, 3)).hasToString("172.20.7.0/24");
    assertThatThrownBy(() -> RANGE.at(1024)).hasMessageContaining("no address number 1024");
    assertThatThrownBy(() -> RANGE.part(24, 4)).hasMessageContaining("no part /24 number 4");
  }

  @ParameterizedTest
  @CsvSource({
    "172.20.4.0, true",
    "172.20.7.255, true",
    "172.20.8.0, false",
    "172.20.3.255, false",
    "::1, false",
    "::ffff:ac14:400, true",
  })
  void knowsWhatLiesInIt(String address, boolean expected) {
    assertThat(RANGE.contains(InetAddresses.forString(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "172.20.0.0/16, true",
    "172.20.6.0/24, true",
    "172.20.8.0/24, false",
    "10.0.0.0/8, false",
  })
  void knowsWhatItHasInCommonWithOthers(String other, boolean expected) {
    assertThat(RANGE.overlaps(AddressRange.parse(other))).isEqualTo(expected);
    assertThat(AddressRange.parse(other).overlaps(RANGE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0, is no block",
    "10.0.0.0/, is no block",
    "/8, is no block",
    "fd00::/64, is no block",
    "host/8, is no block",
    "10.0.0.0/33, not between",
    "10.0.0.0/0, not between",
    "10.0.0.1/8, write 10.0.0.0/8",
  })
  void refusesOtherTexts(String text, String why) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
