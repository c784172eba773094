package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import org.junit.jupiter.api.Test;

class BetaFormTest {
  private static final String BETA =
      """
      spec:
        group: stable.example.com
        version: v1
        scope: Namespaced
        names: {plural: crontabs, kind: CronTab}
        preserveUnknownFields: false
        versions: [{name: v1, served: true, storage: true}]
        validation: {openAPIV3Schema: {type: object}}
        subresources: {status: {}}
        additionalPrinterColumns: [{name: Spec, type: string, JSONPath: .spec.cronSpec}]
      """;

  @Test
  void movesWhatAllVersionsShareIntoEach() {
    KubeObject v1 = BetaForm.toV1(Yamls.object(BETA));

    assertThat(v1.spec())
        .isEqualTo(
            Yamls.tree(
                """
                group: stable.example.com
                scope: Namespaced
                names: {plural: crontabs, kind: CronTab}
                versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema: {openAPIV3Schema: {type: object}}
                  additionalPrinterColumns: [{name: Spec, type: string, jsonPath: .spec.cronSpec}]
                """));
    assertThat(BetaForm.fromV1(v1)).isEqualTo(Yamls.object(BETA));
  }

  @Test
  void readsDefinitionsOf2017() {
    KubeObject v1 =
        BetaForm.toV1(
            Yamls.object("{spec: {group: a.b, version: v1, names: {plural: cs, kind: C}}}"));

    assertThat(v1.spec())
        .isEqualTo(
            Yamls.tree(
                """
                group: a.b
                names: {plural: cs, kind: C}
                versions: [{name: v1, served: true, storage: true}]
                scope: Namespaced
                preserveUnknownFields: true
                """));
  }
}
