package io.kuber.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCheckTest {
  private static FieldCheck.Findings check(String apiVersion, String kind, String json) {
    TypeSchema type = Schemas.builtIn().of(apiVersion, kind).orElseThrow();
    return FieldCheck.check(tree(json), type);
  }

  private static Tree tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsAnObjectThatHasNothingWrong() {
    Tree pod =
        tree(
            """
            {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': 'a', 'labels': {'x': 'y'}},
             'spec': {'containers': [{'name': 'c', 'image': 'i', 'ports': [{'containerPort': 80}],
               'resources': {'limits': {'cpu': '1'}},
               'livenessProbe': {'httpGet': {'port': 'http'}}}],
               'volumes': [{'name': 'v', 'emptyDir': {}}]}}
            """);

    FieldCheck.Findings findings =
        FieldCheck.check(pod, Schemas.builtIn().of("v1", "Pod").orElseThrow());

    assertThat(findings.object()).isSameAs(pod);
    assertThat(findings.unknown()).isEmpty();
    assertThat(findings.error()).isEmpty();
  }

  @Test
  void findsAndDropsUnknownFieldsInTheOrderOfTheObject() {
    FieldCheck.Findings findings =
        check(
            "apps/v1",
            "Deployment",
            """
            {'bar': 1, 'spec': {'foo': 1, 'template': {'spec': {'containers': [
              {'name': 'a'}, {'name': 'b', 'imagee': 'x'}]}}}}
            """);

    assertThat(findings.unknown())
        .containsExactly("bar", "spec.foo", "spec.template.spec.containers[1].imagee");
    assertThat(findings.object())
        .isEqualTo(
            tree("{'spec': {'template': {'spec': {'containers': [{'name':'a'}, {'name':'b'}]}}}}"));
  }

  @Test
  void dropsNullsOfKnownFields() {
    FieldCheck.Findings findings =
        check("v1", "Pod", "{'metadata': {'creationTimestamp': null, 'name': 'a'}}");

    assertThat(findings.object()).isEqualTo(tree("{'metadata': {'name': 'a'}}"));
    assertThat(findings.unknown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'spec': {'replicas': '3'}} | string into Go struct field DeploymentSpec.spec.replicas of type int32
          {'spec': {'replicas': 3000000000}} | number into Go struct field DeploymentSpec.spec.replicas of type int32
          {'spec': []} | array into Go struct field Deployment.spec of type v1.DeploymentSpec
          {'spec': {'paused': 'yes'}} | string into Go struct field DeploymentSpec.spec.paused of type bool
          {'metadata': {'labels': {'a': 1}}} | number into Go struct field ObjectMeta.metadata.labels.a of type string
          {'metadata': {'labels': 'a'}} | string into Go struct field ObjectMeta.metadata.labels of type map[string]string
          {'spec': {'template': {'spec': {'containers': [{'env': [{'name': 'a', 'value': 1}]}]}}}} | number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string
          {'spec': {'template': {'spec': {'containers': {}}}}} | object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container
          """)
  void namesValuesOfTheWrongType(String json, String complaint) {
    assertThat(check("apps/v1", "Deployment", json).error())
        .contains("json: cannot unmarshal " + complaint);
  }

  @Test
  void namesTextsThatCannotBeRead() {
    assertThat(check("v1", "Secret", "{'data': {'a': '???'}}").error())
        .contains("illegal base64 data (field data.a)");
    assertThat(
            check("v1", "ResourceQuota", "{'spec': {'hard': {'cpu': '1 core'}}}")
                .error()
                .orElseThrow())
        .startsWith("quantities must match the regular expression");
    assertThat(
            check("v1", "Pod", "{'metadata': {'deletionTimestamp': 'now'}}").error().orElseThrow())
        .startsWith("parsing time \"now\"");
  }

  @Test
  void keepsQuantitiesAsCanonicalText() {
    FieldCheck.Findings findings =
        check(
            "v1",
            "ResourceQuota",
            "{'spec': {'hard': {'cpu': 2, 'memory': 1.5, 'pods': '1000m', 'storage': '0.5Gi'}}}");

    assertThat(findings.object())
        .isEqualTo(
            tree(
                "{'spec': {'hard': {'cpu': '2', 'memory': '1500m', 'pods': '1', 'storage': '512Mi'}}}"));
  }

  @Test
  void checksJsonSchemasInsideJsonSchemas() {
    FieldCheck.Findings findings =
        check(
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            """
            {'spec': {'versions': [{'name': 'v1', 'schema': {'openAPIV3Schema': {
              'type': 'array', 'items': {'type': 'object', 'foo': 1}, 'default': {'any': [1]}}}}]}}
            """);

    assertThat(findings.unknown())
        .containsExactly("spec.versions[0].schema.openAPIV3Schema.items.foo");
    assertThat(findings.error()).isEmpty();
  }
}
