package io.kuber.cel.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiersTest {
  @ParameterizedTest
  @CsvSource({
    "name, true",
    "_9, true",
    "nameSpace, true",
    "namespace, false",
    "in, false",
    "9a, false",
    "a-b, false",
    "'', false",
  })
  void areWordsThatMeanNothingElse(String word, boolean isIdentifier) {
    assertThat(Identifiers.isIdentifier(word)).isEqualTo(isIdentifier);
  }
}
