package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {properties: {a: {default: 1}}} | {} | {a: 1}
          {properties: {a: {default: 1}}} | {a: 2} | {a: 2}
          {properties: {a: {default: 1}}} | {a: null} | {a: 1}
          {properties: {a: {default: 1, nullable: true}}} | {a: null} | {a: null}
          {properties: {a: {type: string}}} | {a: null} | {}
          {properties: {o: {properties: {a: {default: 1}}}}} | {} | {}
          {properties: {o: {properties: {a: {default: 1}}}}} | {o: {}} | {o: {a: 1}}
          {properties: {o: {default: {}, properties: {a: {default: 1}}}}} | {} | {o: {a: 1}}
          {properties: {l: {items: {properties: {a: {default: 1}}}}}} | {l: [{}, {a: 2}]} | {l: [{a: 1}, {a: 2}]}
          {properties: {l: {items: {default: x}}}} | {l: [null, y]} | {l: [x, y]}
          {additionalProperties: {properties: {a: {default: 1}}}} | {k: {}} | {k: {a: 1}}
          """)
  void setsWhatIsMissing(String schema, String before, String after) {
    assertThat(Defaulting.defaulted(Yamls.tree(before), Yamls.schema(schema)))
        .isEqualTo(Yamls.tree(after));
  }
}
