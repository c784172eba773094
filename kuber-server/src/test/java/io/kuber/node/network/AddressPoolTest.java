package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class AddressPoolTest {
  private final AddressPool pool = new AddressPool(Ipv4Block.parse("10.1.0.0/29"));

  @Test
  void handsOutInTurnAndLetsReturnedAddressesRest() {
    assertThat(pool.take()).hasToString("10.1.0.2");
    pool.giveBack(Ipv4.parse("10.1.0.2"));
    assertThat(pool.take()).hasToString("10.1.0.3");
    assertThat(pool.take()).hasToString("10.1.0.4");
    assertThat(pool.take()).hasToString("10.1.0.5");
    assertThat(pool.take()).hasToString("10.1.0.6");
    assertThat(pool.take()).as("from the start again").hasToString("10.1.0.2");
  }

  @Test
  void saysWhatToDoWhenItIsEmpty() {
    for (int i = 0; i < 5; i++) {
      pool.take();
    }
    assertThatThrownBy(pool::take)
        .hasMessage(
            "no free pod address in 10.1.0.0/29: all 5 are in use; delete pods or give the node a"
                + " larger pod block");
  }

  @Test
  void claimsOnlyItsOwnFreeAddresses() {
    assertThat(pool.claim(Ipv4.parse("10.1.0.2"))).isTrue();
    assertThat(pool.claim(Ipv4.parse("10.1.0.2"))).as("taken").isFalse();
    assertThat(pool.claim(Ipv4.parse("10.1.0.1"))).as("the gateway").isFalse();
    assertThat(pool.claim(Ipv4.parse("10.1.0.7"))).as("the broadcast address").isFalse();
    assertThat(pool.claim(Ipv4.parse("10.2.0.3"))).as("of another block").isFalse();
  }
}
