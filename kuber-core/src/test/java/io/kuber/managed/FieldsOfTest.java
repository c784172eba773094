package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsOfTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Deployment | spec: {replicas: 1} | .spec.replicas
          Deployment | spec: {selector: {matchLabels: {a: b}}} | .spec.selector
          Deployment | spec: {strategy: {}} | .spec.strategy
          Deployment | metadata: {labels: {a: b, c: d}} | .metadata.labels.a .metadata.labels.c
          Deployment | metadata: {labels: {}} | .metadata.labels
          Deployment | metadata: {finalizers: [b, a]} | .metadata.finalizers[='a'] .metadata.finalizers[='b']
          ConfigMap | data: {k: v} | .data.k
          Service | spec: {ports: [{port: 80}]} | .spec.ports[port=80,protocol='TCP'] .spec.ports[port=80,protocol='TCP'].port
          Service | spec: {ports: []} | ""
          Service | spec: {ports: [{port: 1, name: a}, {port: 1, name: b}]} | .spec.ports[port=1,protocol='TCP']
          Service | spec: {externalIPs: [1.2.3.4]} | .spec.externalIPs
          Pod | spec: {containers: [{name: c, args: [x]}]} | .spec.containers[name='c'] .spec.containers[name='c'].args .spec.containers[name='c'].name
          Pod | spec: {nodeSelector: {a: b}} | .spec.nodeSelector
          Thing | spec: {list: [{a: 1}], map: {x: 1}, none: null} | .spec .spec.list .spec.map .spec.map.x .spec.none
          """)
  void findsFields(String type, String object, String fields) {
    assertThat(Sample.paths(FieldsOf.object(Sample.flow(object), Sample.type(type))))
        .isEqualTo(fields);
  }

  @Test
  void refusesElementsWithoutTheirKey() {
    assertThatThrownBy(
            () -> FieldsOf.object(Sample.flow("spec: {ports: [{name: x}]}"), Sample.SERVICE))
        .hasMessage(
            "associative list with keys has an element that omits key field \"port\""
                + " (and doesn't have default value)");
  }
}
