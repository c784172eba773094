package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.servicelb.BalancerPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WithBalancersTest {
  private static WithBalancers with(BalancerPool pool) {
    return new WithBalancers(new NoNodes(), pool, ClusterNetwork.STANDARD);
  }

  @Test
  void startsWithoutAPool() {
    assertThatCode(with(BalancerPool.NONE)::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.240/28", "10.95.255.255,10.112.0.0-10.112.0.9", "10.245.0.1"})
  void takesAddressesThatNobodyElseHas(String pool) {
    assertThatCode(with(BalancerPool.parse(pool))::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.96.0.0/24", "10.111.255.250-10.112.0.9", "10.244.7.7"})
  void refusesAddressesOfPodsAndServices(String pool) {
    assertThatThrownBy(with(BalancerPool.parse(pool))::check)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--load-balancer-addresses")
        .hasMessageContaining("overlaps with 10.");
  }
}
