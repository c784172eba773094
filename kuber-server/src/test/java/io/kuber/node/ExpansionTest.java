package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table follows upstream's documentation of EnvVar.value. */
final class ExpansionTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$(A), one",
    "x$(A)y$(B)z, xoney(two)z",
    "$$(A), $(A)",
    "$$$(A), $one",
    "$$$$(A), $$(A)",
    "$(MISSING), $(MISSING)",
    "$(A, $(A",
    "$A, $A",
    "$, $",
    "$(), $()",
  })
  void expandsReferences(String text, String expected) {
    assertThat(Expansion.expand(text, Map.of("A", "one", "B", "(two)"))).isEqualTo(expected);
  }
}
