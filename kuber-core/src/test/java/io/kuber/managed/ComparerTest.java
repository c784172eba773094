package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparerTest {
  @ParameterizedTest(name = "{0}: {1} to {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Deployment | spec: {replicas: 1} | spec: {replicas: 1} | "" | "" | ""
          Deployment | spec: {replicas: 1} | spec: {replicas: 2} | "" | .spec.replicas | ""
          Deployment | spec: {} | spec: {replicas: 2} | "" | "" | .spec.replicas
          Deployment | a: 1 | spec: {replicas: 2} | .a | "" | .spec.replicas
          Deployment | spec: {replicas: 1} | "" | .spec.replicas | "" | ""
          Deployment | metadata: {labels: {a: b}} | metadata: {} | .metadata.labels .metadata.labels.a | "" | ""
          Deployment | metadata: {} | metadata: {labels: {a: b}} | "" | "" | .metadata.labels .metadata.labels.a
          Deployment | metadata: {labels: {a: b, c: d}} | metadata: {labels: {c: d, a: x}} | "" | .metadata.labels.a | ""
          Deployment | spec: {selector: {matchLabels: {a: b}}} | spec: {selector: {matchLabels: {a: c}}} | "" | .spec.selector | ""
          Deployment | spec: {} | spec: {strategy: {rollingUpdate: {maxSurge: 1}}} | "" | "" | .spec.strategy.rollingUpdate .spec.strategy.rollingUpdate.maxSurge
          Service | spec: {ports: [{port: 80, name: a}]} | spec: {ports: [{port: 80, name: b, protocol: TCP}]} | "" | .spec.ports[port=80,protocol='TCP'].name | .spec.ports[port=80,protocol='TCP'].protocol
          Service | spec: {ports: [{port: 80}, {port: 81}]} | spec: {ports: [{port: 81}, {port: 80}]} | "" | "" | ""
          Service | spec: {ports: [{port: 80}]} | spec: {ports: []} | .spec.ports[port=80,protocol='TCP'] .spec.ports[port=80,protocol='TCP'].port | "" | ""
          Service | spec: {ports: [{port: 1, name: a}, {port: 1, name: b}]} | spec: {ports: [{port: 1, name: a}, {port: 1, name: c}]} | "" | .spec.ports[port=1,protocol='TCP'] | ""
          Service | spec: {ports: [{port: 1, name: a}, {port: 1, name: b}]} | spec: {ports: [{port: 1}]} | .spec.ports[port=1,protocol='TCP'] | "" | .spec.ports[port=1,protocol='TCP'] .spec.ports[port=1,protocol='TCP'].port
          Service | spec: {ports: [{port: 1}]} | spec: {ports: [{port: 1, name: a}, {port: 1, name: b}]} | .spec.ports[port=1,protocol='TCP'] .spec.ports[port=1,protocol='TCP'].port | "" | .spec.ports[port=1,protocol='TCP']
          Deployment | metadata: {finalizers: [a, b]} | metadata: {finalizers: [b, c]} | .metadata.finalizers[='a'] | "" | .metadata.finalizers[='c']
          Pod | spec: {containers: [{name: c, args: [x]}]} | spec: {containers: [{name: c, args: [y]}]} | "" | .spec.containers[name='c'].args | ""
          Thing | spec: {a: {b: 1}} | spec: {a: 2} | .spec.a.b | .spec.a | ""
          Thing | spec: {a: 2} | spec: {a: {b: 1}} | "" | .spec.a | .spec.a.b
          Thing | spec: {a: null} | spec: {a: {b: 1}} | "" | "" | .spec.a.b
          Thing | spec: {a: {}} | spec: {a: null} | "" | .spec.a | ""
          Thing | spec: {a: [1]} | spec: {a: [2]} | "" | .spec.a | ""
          Thing | "" | spec: {a: 1} | "" | "" | .spec .spec.a
          """)
  void tellsWhatDiffers(
      String type, String before, String after, String removed, String modified, String added) {
    Comparison comparison =
        Comparer.compare(Sample.flow(before), Sample.flow(after), Sample.type(type));

    assertThat(Sample.paths(comparison.removed())).isEqualTo(removed);
    assertThat(Sample.paths(comparison.modified())).isEqualTo(modified);
    assertThat(Sample.paths(comparison.added())).isEqualTo(added);
  }

  @Test
  void comparesBigMapsByHash() {
    Tree.Builder before = Tree.builder();
    Tree.Builder after = Tree.builder();
    for (int i = 0; i < 1000; i++) {
      before.put("k" + i, "v");
      after.put("k" + (999 - i), i == 7 ? "w" : "v");
    }

    Comparison comparison =
        Comparer.compare(
            Tree.of("data", before.build()), Tree.of("data", after.build()), Sample.CONFIG_MAP);

    assertThat(Sample.paths(comparison.modified())).isEqualTo(".data.k992");
    assertThat(comparison.added().isEmpty()).isTrue();
    assertThat(comparison.removed().isEmpty()).isTrue();
  }
}
