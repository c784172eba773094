package io.kuber.resource.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  private static List<String> problems(String schema, String value) {
    Problems problems = new Problems();
    SchemaCheck.check(Yamls.tree("{spec: {x: " + value + "}}"), null, wrapped(schema), "")
        .reportTo(problems);
    return Yamls.texts(problems);
  }

  private static Structural wrapped(String schema) {
    return Yamls.schema(
        "{type: object, properties: {spec: {type: object, properties: {x: " + schema + "}}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: integer} | "a" | spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"
          {type: string} | 1 | spec.x: Invalid value: "integer": spec.x in body must be of type string: "integer"
          {type: object} | [] | spec.x: Invalid value: "array": spec.x in body must be of type object: "array"
          {type: boolean} | {} | spec.x: Invalid value: "object": spec.x in body must be of type boolean: "object"
          {type: array, items: {type: string}} | [a, 1] | spec.x[1]: Invalid value: "integer": spec.x[1] in body must be of type string: "integer"
          {type: string} | null | spec.x: Invalid value: "null": spec.x in body must be of type string: "null"
          {x-kubernetes-int-or-string: true} | true | spec.x: Invalid value: "boolean": spec.x in body must be of type integer,string: "boolean"
          {type: integer, minimum: 1} | 0 | spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1
          {type: integer, minimum: 1, exclusiveMinimum: true} | 1 | spec.x: Invalid value: 1: spec.x in body should be greater than 1
          {type: integer, maximum: 10} | 11 | spec.x: Invalid value: 11: spec.x in body should be less than or equal to 10
          {type: number, maximum: 1.5, exclusiveMaximum: true} | 1.5 | spec.x: Invalid value: 1.5: spec.x in body should be less than 1.5
          {type: integer, multipleOf: 3} | 10 | spec.x: Invalid value: 10: spec.x in body should be a multiple of 3
          {type: string, maxLength: 2} | abc | spec.x: Too long: may not be more than 2 bytes
          {type: string, minLength: 4} | abc | spec.x: Invalid value: "abc": spec.x in body should be at least 4 chars long
          {type: string, pattern: '^a+$'} | ab | spec.x: Invalid value: "ab": spec.x in body should match '^a+$'
          {type: string, enum: [b, a]} | c | spec.x: Unsupported value: "c": supported values: "b", "a"
          {type: integer, enum: [1, 2]} | 3 | spec.x: Unsupported value: 3: supported values: "1", "2"
          {type: array, maxItems: 1, items: {type: integer}} | [1, 2] | spec.x: Too many: 2: must have at most 1 item
          {type: array, minItems: 2, items: {type: integer}} | [1] | spec.x: Invalid value: 1: spec.x in body should have at least 2 items
          {type: object, maxProperties: 1, additionalProperties: {type: integer}} | {a: 1, b: 2} | spec.x: Too many: 2: must have at most 1 item
          {type: object, minProperties: 1} | {} | spec.x: Invalid value: 0: spec.x in body should have at least 1 properties
          {type: object, required: [a]} | {} | spec.x.a: Required value
          {type: object, additionalProperties: {type: integer}} | {k: v} | spec.x.k: Invalid value: "string": spec.x.k in body must be of type integer: "string"
          {type: object, additionalProperties: false} | {k: v} | spec.x: Invalid value: "k": spec.x.k in body is a forbidden property
          {type: string, format: date-time} | today | spec.x: Invalid value: "today": spec.x in body must be of type date-time: "today"
          {type: string, format: date-time} | 5 | spec.x: Invalid value: "int64": spec.x in body must be of type date-time: "int64"
          {type: string, not: {enum: [a]}} | a | <nil>: Invalid value: "": "spec.x" must not validate the schema (not)
          """)
  void saysWhatIsWrongInTheWordsOfKubeOpenApi(String schema, String value, String problem) {
    assertThat(problems(schema, value)).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: integer} | 1
          {type: integer} | 1.0
          {type: number} | 1
          {type: string, nullable: true} | null
          {x-kubernetes-int-or-string: true} | 80
          {x-kubernetes-int-or-string: true} | 80%
          {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]} | http
          {type: string, format: unheard-of} | a
          {type: string, maxLength: 1} | ä
          {type: string, enum: [a, null], nullable: true} | null
          {x-kubernetes-preserve-unknown-fields: true} | {any: [1, {thing: null}]}
          {} | anything
          {type: string, pattern: b} | abc
          """)
  void findsNothingWrongWithWhatIsRight(String schema, String value) {
    assertThat(problems(schema, value)).isEmpty();
  }

  @Test
  void namesTheBestOfFailedAlternatives() {
    String schema = "{type: string, anyOf: [{maxLength: 5}, {enum: [longer]}]}";

    assertThat(problems(schema, "muchlonger"))
        .first()
        .isEqualTo(
            "<nil>: Invalid value: \"\": \"spec.x\" must validate at least one schema (anyOf)");
    assertThat(problems(schema, "short")).isEmpty();
    assertThat(problems(schema, "longer")).isEmpty();
  }

  @Test
  void wantsExactlyOneOfTheSchemas() {
    String schema =
        "{type: object, properties: {a: {type: integer}, b: {type: integer}},"
            + " oneOf: [{required: [a]}, {required: [b]}]}";

    assertThat(problems(schema, "{a: 1}")).isEmpty();
    assertThat(problems(schema, "{a: 1, b: 1}"))
        .containsExactly(
            "<nil>: Invalid value: \"\": \"spec.x\" must validate one and only one schema (oneOf)."
                + " Found 2 valid alternatives");
    assertThat(problems(schema, "{}"))
        .containsExactly(
            "<nil>: Invalid value: \"\": \"spec.x\" must validate one and only one schema (oneOf)."
                + " Found none valid",
            "spec.x.a: Required value");
  }

  @Test
  void wantsAllOfTheSchemas() {
    String schema = "{type: integer, allOf: [{minimum: 1}, {maximum: 3}]}";

    assertThat(problems(schema, "2")).isEmpty();
    assertThat(problems(schema, "4"))
        .containsExactly(
            "spec.x: Invalid value: 4: spec.x in body should be less than or equal to 3",
            "<nil>: Invalid value: \"\": \"spec.x\" must validate all the schemas (allOf)");
  }

  @Test
  void tellsClientsWhatKindOfProblemItIs() {
    Problems problems = new Problems();
    SchemaCheck.check(
            Yamls.tree("{a: 1, b: c}"),
            null,
            Yamls.schema(
                "{type: object, required: [d], properties: {a: {type: string}, b: {enum: [x]}}}"),
            "")
        .reportTo(problems);

    assertThat(problems.found())
        .extracting(Problem::type)
        .containsExactly("FieldValueTypeInvalid", "FieldValueNotSupported", "FieldValueRequired");
    assertThat(problems.found()).extracting(Problem::field).containsExactly("a", "b", "d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: integer, maximum: 3} | 5 | 5 | true
          {type: integer, maximum: 3} | 5 | 6 | false
          {type: array, items: {type: integer, maximum: 3}} | [5] | [5, 1] | true
          {type: array, items: {type: integer, maximum: 3}} | [5] | [1, 5] | false
          {type: array, x-kubernetes-list-type: set, items: {type: integer, maximum: 3}} | [5] | [5, 1] | false
          {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}, v: {maximum: 3}}}} | [{k: a, v: 5}] | [{k: b, v: 1}, {k: a, v: 5}] | true
          {type: object, properties: {a: {maximum: 3}, b: {maximum: 3}}} | {a: 5} | {a: 5, b: 1} | true
          {type: object, properties: {a: {maximum: 3}, b: {maximum: 3}}} | {a: 5} | {a: 5, b: 4} | false
          """)
  void forgivesOnAnUpdateWhatWasWrongAndDidNotChange(
      String schema, String before, String after, boolean forgiven) {
    Tree old = Yamls.tree("{spec: {x: " + before + "}, n: 1}");
    Tree updated = Yamls.tree("{spec: {x: " + after + "}, n: 2}");

    assertThat(SchemaCheck.check(updated, old, wrapped(schema), "").isValid()).isEqualTo(forgiven);
  }
}
