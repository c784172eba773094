package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          date-time | 2026-01-01T00:00:00Z | 2026-01-01
          date | 2026-01-31 | 2026-02-31
          duration | 1h30m | 1 fortnight
          email | a@b.org | a
          uri | https://a.b/c | ::
          ipv4 | 10.0.0.1 | ::1
          ipv6 | ::1 | 10.0.0.1
          cidr | 10.0.0.0/8 | 10.0.0.0/33
          mac | 00:11:22:aa:bb:cc | 00:11
          uuid | 6f1d4b6e-7c39-4a57-9c0e-3e5f0a1b2c3d | 6f1d
          uuid4 | 6f1d4b6e-7c39-4a57-9c0e-3e5f0a1b2c3d | 6f1d4b6e-7c39-1a57-9c0e-3e5f0a1b2c3d
          hostname | a.example.org | -a-
          byte | aGVsbG8= | %%%
          quantity | 1.5Gi | many
          isbn | 978-0321751041 | 978-0321751042
          creditcard | 4111 1111 1111 1111 | 4111 1111 1111 1112
          ssn | 123-45-6789 | 12-345
          hexcolor | #ffcc00 | #ggg
          rgbcolor | rgb(1,2,3) | rgb(1)
          k8s-short-name | a-b | A_b
          k8s-long-name | a.b | a..b
          """)
  void tellsTextsOfAFormatFromOthers(String format, String right, String wrong) {
    assertThat(Formats.known("string", format)).isEqualTo(format);
    assertThat(Formats.isMetBy(right, format)).isTrue();
    assertThat(Formats.isMetBy(wrong, format)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"string,int32", "integer,date", "object,uri", "string,nonsense"})
  void ignoresFormatsThatMeanNothing(String type, String format) {
    assertThat(Formats.known(type, format)).isEmpty();
  }
}
