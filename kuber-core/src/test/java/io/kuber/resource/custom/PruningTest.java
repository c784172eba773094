package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import io.kuber.schema.FieldCheck.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {properties: {a: {type: string}}} | {a: 1, b: 2} | {a: 1} | [spec.b]
          {additionalProperties: {properties: {a: {}}}} | {k: {a: 1, b: 2}} | {k: {a: 1}} | [spec.k.b]
          {additionalProperties: true} | {k: 1} | {k: 1} | []
          {properties: {l: {items: {properties: {a: {}}}}}} | {l: [{a: 1}, {b: 1}]} | {l: [{a: 1}, {}]} | [spec.l[1].b]
          {x-kubernetes-preserve-unknown-fields: true, properties: {o: {properties: {a: {}}}}} | {any: {x: 1}, o: {a: 1, b: 1}} | {any: {x: 1}, o: {a: 1}} | [spec.o.b]
          {properties: {o: {x-kubernetes-preserve-unknown-fields: true}}} | {o: {deep: {er: 1}}, p: 1} | {o: {deep: {er: 1}}} | [spec.p]
          {x-kubernetes-embedded-resource: true, properties: {spec: {properties: {a: {}}}}} | {apiVersion: v1, kind: X, metadata: {name: a, odd: 1}, spec: {a: 1, b: 1}, c: 1} | {apiVersion: v1, kind: X, metadata: {name: a}, spec: {a: 1}} | [spec.metadata.odd, spec.spec.b, spec.c]
          """)
  void dropsWhatTheSchemaLacks(String schema, String before, String after, String unknown) {
    Structural root = Yamls.schema("{properties: {spec: " + schema + "}}");
    Findings findings = Pruning.prune(Yamls.tree("{spec: " + before + "}"), root);

    assertThat(findings.object()).isEqualTo(Yamls.tree("{spec: " + after + "}"));
    assertThat(findings.unknown().toString()).isEqualTo(unknown);
    assertThat(findings.error()).isEmpty();
  }

  @Test
  void keepsKindAndMetadataWhateverTheSchemaSays() {
    Tree object = Yamls.tree("{apiVersion: a/v1, kind: A, metadata: {name: n, labels: {a: b}}}");

    assertThat(Pruning.prune(object, Yamls.schema("{type: object}")).object()).isSameAs(object);
  }

  @Test
  void namesMetadataOfTheWrongType() {
    Tree object = Yamls.tree("{metadata: {labels: {a: 1}}}");

    assertThat(Pruning.prune(object, Yamls.schema("{type: object}")).error().orElseThrow())
        .contains("cannot unmarshal number", "metadata.labels.a of type string");
  }
}
