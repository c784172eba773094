package io.kuber.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WarningsTest {
  @Test
  void escapesQuotesAndBackslashes() {
    assertThat(Warnings.headers(List.of("unknown field \"a\\b\"")))
        .containsExactly("299 - \"unknown field \\\"a\\\\b\\\"\"");
  }

  @Test
  void staysOnOneLineOfAscii() {
    assertThat(Warnings.headers(List.of("a\r\nSet-Cookie: \u00e9")))
        .containsExactly("299 - \"a Set-Cookie: ?\"");
  }

  @Test
  void saysEveryThingOnce() {
    assertThat(Warnings.headers(List.of("a", "b", "a"))).hasSize(2);
  }

  @Test
  void cutsWarningsThatAreTooLongTogether() {
    List<String> long17 = IntStream.range(0, 17).mapToObj(i -> i + "x".repeat(300)).toList();
    assertThat(Warnings.headers(long17))
        .hasSize(16)
        .allSatisfy(header -> assertThat(header).hasSize("299 - \"\"".length() + 256));
  }

  @Test
  void leavesALongWarningWhole() {
    assertThat(Warnings.headers(List.of("x".repeat(4096))))
        .containsExactly("299 - \"" + "x".repeat(4096) + "\"");
  }
}
