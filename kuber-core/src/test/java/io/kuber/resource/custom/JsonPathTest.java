package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.Tree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final Tree OBJECT =
      Yamls.tree(
          """
          metadata: {annotations: {a.io/b: yes-it-is}}
          spec: {replicas: 3, list: [a, b, c], flag: false}
          status:
            conditions:
            - {type: Ready, status: "True", weight: 1}
            - {type: Stalled, status: "False", weight: 5}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .spec.replicas | 3
          .spec.flag | false
          .spec.list[0] | a
          .spec.list[-1] | c
          .spec.list[1:] | b
          .spec.list[*] | a
          .spec.missing | none
          .spec.list.a | none
          .metadata.annotations.a\\.io/b | yes-it-is
          .metadata.annotations['a.io/b'] | yes-it-is
          .status.conditions[?(@.type=="Ready")].status | True
          .status.conditions[?(@.type == 'Stalled')].status | False
          .status.conditions[?(@.weight>2)].type | Stalled
          .status.conditions[?(@.type!="Ready")].type | Stalled
          .status.conditions[?(@.absent)].type | none
          ..weight | 1
          .spec['missing','replicas'] | 3
          """)
  void findsTheFirstValue(String path, String value) {
    String found = JsonPath.parse(path).first(OBJECT).map(Object::toString).orElse("none");

    assertThat(found).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec", ".spec[", ".spec[a]", ".a[?(@.b==c)]", ".a{b}", ".a[0:1:0]"})
  void refusesWhatIsNoPath(String path) {
    assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
