package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.patch.MergePatch;
import io.kuber.resource.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionCheckTest {
  private static final String RIGHT =
      """
      metadata: {name: crontabs.stable.example.com}
      spec:
        group: stable.example.com
        scope: Namespaced
        names: {plural: crontabs, singular: crontab, kind: CronTab, listKind: CronTabList}
        conversion: {strategy: None}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties: {cronSpec: {type: string}, replicas: {type: integer, default: 1}}
      status: {storedVersions: [v1]}
      """;

  private static List<String> problems(Tree definition) {
    Problems problems = new Problems();
    DefinitionCheck.check(KubeObject.of(definition), problems);
    return Yamls.texts(problems);
  }

  private static List<String> problemsWith(String patch) throws Exception {
    return problems(MergePatch.apply(Yamls.tree(RIGHT), Yamls.tree(patch)));
  }

  private static List<String> problemsOfSchema(String schema) {
    String json = new String(Json.print(Yamls.tree(schema)), StandardCharsets.UTF_8);
    return problems(
        Yamls.tree(RIGHT)
            .withAt(
                Items.of(
                    Yamls.tree(
                        "{name: v1, served: true, storage: true, schema: {openAPIV3Schema: "
                            + json
                            + "}}")),
                "spec",
                "versions"));
  }

  @Test
  void findsNothingWrongWithWhatIsRight() {
    assertThat(problems(Yamls.tree(RIGHT))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {metadata: {name: other}} | metadata.name: Invalid value: "other": must be spec.names.plural+"."+spec.group
          {spec: {scope: Everywhere}} | spec.scope: Unsupported value: "Everywhere": supported values: "Cluster", "Namespaced"
          {spec: {scope: null}} | spec.scope: Required value
          {spec: {names: {kind: null}}} | spec.names.kind: Required value
          {spec: {names: {listKind: CronTab}}} | spec.names.listKind: Invalid value: "CronTab": kind and listKind may not be the same
          {spec: {conversion: {strategy: Magic}}} | spec.conversion.strategy: Unsupported value: "Magic": supported values: "None", "Webhook"
          {spec: {conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1]}}}} | spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook
          {spec: {conversion: {strategy: Webhook, webhook: {clientConfig: {url: 'http://a.b'}, conversionReviewVersions: [v1]}}}} | spec.conversion.webhookClientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]
          {spec: {conversion: {strategy: Webhook, webhook: {clientConfig: {url: 'https://a.b'}, conversionReviewVersions: [v9]}}}} | spec.conversion.conversionReviewVersions: Invalid value: ["v9"]: must include at least one of v1, v1beta1
          {status: {storedVersions: [v1, v0]}} | status.storedVersions[1]: Invalid value: "v0": missing from spec.versions; v0 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v0 and removes v0 from status.storedVersions
          """)
  void saysWhatIsWrongWithADefinition(String patch, String problem) throws Exception {
    assertThat(problemsWith(patch)).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {properties: {}} | .type: Required value: must not be empty at the root
          {type: object, properties: {a: {}}} | .properties[a].type: Required value: must not be empty for specified object fields
          {type: object, properties: {a: {type: array}}} | .properties[a].items: Required value: must be specified
          {type: object, properties: {a: {type: array, items: {}}}} | .properties[a].items.type: Required value: must not be empty for specified array items
          {type: object, additionalProperties: {type: string}} | .additionalProperties: Forbidden: must not be used at the root
          {type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}} | .properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified
          {type: object, properties: {a: {type: string, anyOf: [{type: string}]}}} | .properties[a].anyOf[0].type: Forbidden: must be empty to be structural
          {type: object, allOf: [{required: [b], properties: {b: {minimum: 1}}}]} | .properties[b]: Required value: because it is defined in spec.validation.openAPIV3Schema.allOf[0].properties[b]
          {type: object, properties: {a: {type: string, pattern: '('}}} | .properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`
          {type: object, properties: {a: {type: text}}} | .properties[a].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string"
          {type: object, properties: {a: {type: integer, default: x}}} | .properties[a].default: Invalid value: "string": spec.validation.openAPIV3Schema.properties[a].default in body must be of type integer: "string"
          {type: object, properties: {a: {type: object, default: {b: 1}}}} | .properties[a].default: Invalid value: {"b":1}: must not have unknown fields
          {type: object, properties: {a: {type: array, uniqueItems: true, items: {type: string}}}} | .properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic
          {type: object, properties: {a: {type: array, x-kubernetes-list-type: map, items: {type: object}}}} | .properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map
          {type: object, properties: {a: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}}}}}} | .properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property
          {type: object, properties: {a: {type: object, properties: {b: {type: string}}, additionalProperties: {type: string}}}} | .properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive
          {type: object, nullable: true} | .nullable: Forbidden: nullable cannot be true at the root
          {type: object, properties: {a: {type: string, x-kubernetes-validations: [{rule: ' '}]}}} | .properties[a].x-kubernetes-validations[0].rule: Required value: rule is not specified
          """)
  void saysWhatIsWrongWithASchema(String schema, String problem) {
    assertThat(problemsOfSchema(schema))
        .containsExactly("spec.validation.openAPIV3Schema" + problem);
  }

  @Test
  void wantsExactlyOneStoredVersionAndASchemaForEach() throws Exception {
    List<String> problems =
        problemsWith("{spec: {versions: [{name: v1, served: true}, {name: v1, served: true}]}}");

    assertThat(problems)
        .anyMatch(problem -> problem.endsWith("must contain unique version names"))
        .anyMatch(
            problem -> problem.endsWith("must have exactly one version marked as storage version"))
        .contains("spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required");
  }

  @Test
  void keepsGroupAndPluralForeverAndKindOnceEstablished() throws Exception {
    KubeObject old = KubeObject.of(Yamls.tree(RIGHT));
    KubeObject updated =
        KubeObject.of(
            MergePatch.apply(
                old.tree(), Yamls.tree("{spec: {group: b.c, names: {plural: x, kind: X}}}")));
    Problems problems = new Problems();
    DefinitionCheck.checkUpdate(updated, old, problems);
    assertThat(Yamls.texts(problems))
        .containsExactly(
            "spec.group: Invalid value: \"b.c\": field is immutable",
            "spec.names.plural: Invalid value: \"x\": field is immutable");

    Problems established = new Problems();
    Tree status = Yamls.tree("{conditions: [{type: Established, status: 'True'}]}");
    DefinitionCheck.checkUpdate(updated, old.with(status, "status"), established);
    assertThat(Yamls.texts(established))
        .contains("spec.names.kind: Invalid value: \"X\": field is immutable");
  }

  @Test
  void checksScaleColumnsAndSelectableFields() throws Exception {
    Tree version =
        Yamls.tree(
            """
            name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                {type: object, properties: {spec: {type: object, properties: {o: {type: object}}}}}
            subresources: {scale: {specReplicasPath: .replicas, statusReplicasPath: .status.n}}
            additionalPrinterColumns: [{name: A, type: text, jsonPath: spec}]
            selectableFields: [{jsonPath: .spec.o}, {jsonPath: .spec.nothing}]
            """);
    Tree definition = Yamls.tree(RIGHT).withAt(Items.of(version), "spec", "versions");

    assertThat(problems(definition))
        .containsExactlyInAnyOrder(
            "spec.subresources.scale.specReplicasPath: Invalid value: \".replicas\": should be a"
                + " json path under .spec",
            "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of"
                + " boolean,date,integer,number,string",
            "spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"spec\": must be a simple"
                + " json path starting with .",
            "spec.selectableFields[0].jsonPath: Invalid value: \".spec.o\": must point to a field"
                + " of type string, boolean or integer. Enum string fields and strings with formats"
                + " are allowed.",
            "spec.selectableFields[1].jsonPath: Invalid value: \".spec.nothing\": is an invalid"
                + " path: does not refer to a valid field");
  }
}
