package io.kuber.controller.servicelb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses that somebody set aside, as they write them. */
final class BalancerPoolTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.168.1.240/29                     | 192.168.1.241-192.168.1.246 | 6
          192.168.1.240/31                     | 192.168.1.240-192.168.1.241 | 2
          192.168.1.240/32                     | 192.168.1.240               | 1
          10.0.0.5-10.0.0.9                    | 10.0.0.5-10.0.0.9           | 5
          10.0.0.255-10.0.1.0                  | 10.0.0.255-10.0.1.0         | 2
          10.0.0.20, 10.0.0.5 - 10.0.0.9       | 10.0.0.5-10.0.0.9,10.0.0.20 | 6
          200.0.0.1                            | 200.0.0.1                   | 1
          """)
  void readsBlocksRangesAndAddresses(String text, String pool, int size) {
    assertThat(BalancerPool.parse(text)).hasToString(pool);
    assertThat(BalancerPool.parse(text).size()).isEqualTo(size);
    assertThat(BalancerPool.parse(text).addresses()).hasSize(size).doesNotHaveDuplicates();
    assertThat(BalancerPool.parse(text).addresses().allMatch(BalancerPool.parse(text)::contains))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | "" is neither a block such as
          all                       | "all" is neither a block such as
          10.0.0.0/33               | "10.0.0.0/33" is neither a block such as
          10.0.0/24                 | "10.0.0/24" is neither a block such as
          fd00::/120                | "fd00::/120" is neither a block such as
          10.0.0.1,                 | "" is neither a block such as
          10.0.0.5/24               | 10.0.0.5/24 begins within a block; the block is 10.0.0.0/24
          10.0.0.9-10.0.0.5         | 10.0.0.9-10.0.0.5 ends before it begins
          10.0.0.0/24,10.0.0.7      | 10.0.0.7 overlaps with 10.0.0.1-10.0.0.254
          10.0.0.0/8                | 16,777,214 addresses are more than 65,536
          127.0.0.1                 | 127.0.0.1 has addresses that no other machine can reach
          126.0.0.1-128.0.0.1       | 126.0.0.1-128.0.0.1 has addresses that no other machine can reach
          224.0.0.1                 | 224.0.0.1 has addresses that no other machine can reach
          0.0.0.0/24                | 0.0.0.0/24 has addresses that no other machine can reach
          """)
  void refusesWhatIsNoneAndSaysWhy(String text, String message) {
    assertThatThrownBy(() -> BalancerPool.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void knowsItsOwn() {
    BalancerPool pool = BalancerPool.parse("10.0.0.5-10.0.0.9");
    assertThat(pool.contains("10.0.0.5")).isTrue();
    assertThat(pool.contains("10.0.0.10")).isFalse();
    assertThat(pool.contains("fd00::1")).isFalse();
    assertThat(pool.contains("balancer.example")).isFalse();
    assertThat(pool.overlaps(range("10.0.0.0-10.0.0.7"))).isTrue();
    assertThat(pool.overlaps(range("10.0.0.16-10.0.0.31"))).isFalse();
  }

  private static BalancerPool.Range range(String text) {
    return BalancerPool.parse(text).ranges().get(0);
  }
}
