package io.kuber.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "100m, 100m",
    "0.1, 100m",
    "1000m, 1",
    "1.5, 1500m",
    "1024Mi, 1Gi",
    "1.5Gi, 1536Mi",
    "1000k, 1M",
    "1500, 1500",
    "12e6, 12e6",
    "1Ki, 1Ki",
    "512Mi, 512Mi",
    "0.5Ki, 512",
    "-1, -1",
    "1E, 1E",
    "100Ki, 100Ki",
    "2500u, 2500u",
    "0.0000000001, 1n",
    ".5, 500m",
    "5., 5",
    "0Mi, 0",
    "-0, 0",
    "007, 7",
    "1000, 1k",
    "1023Ki, 1023Ki",
    "1e3, 1e3",
    "1E3, 1e3",
    "1500e-6, 1500e-6",
    "1e98, 100e96",
    "2048Ki, 2Mi",
    "123456789012345678, 123456789012345678",
    "1024000, 1024k",
    "0.5Gi, 512Mi",
    "1000E, 1000E"
  })
  void printsCanonicalText(String text, String canonical) {
    assertThat(Quantity.parse(text)).hasToString(canonical);
    assertThat(Quantity.canonical(text)).contains(canonical);
    assertThat(Quantity.canonical(canonical)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.2.3", "1ki", "1Kib", "1 Gi", "--1", "."})
  void refusesWhatIsNoQuantity(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).hasMessage(Quantity.SYNTAX);
    assertThat(Quantity.canonical(text)).isEmpty();
  }

  @Test
  void comparesNumbersHoweverTheyAreWritten() {
    assertThat(Quantity.parse("1Gi")).isGreaterThan(Quantity.parse("1G"));
    assertThat(Quantity.parse("0.5")).isEqualTo(Quantity.parse("500m"));
  }

  @Test
  void roundsUpToWholeNumbers() {
    assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
    assertThat(Quantity.parse("0.0001").milliValue()).isEqualTo(1);
    assertThat(Quantity.parse("100E").value()).isEqualTo(Long.MAX_VALUE);
  }
}
