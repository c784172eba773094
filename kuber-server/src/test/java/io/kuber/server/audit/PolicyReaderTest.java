package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "rules: []|rules: Required value",
        "rules: [{}]|rules[0].level: Required value",
        "rules: [{level: Some}]|rules[0].level: Unsupported value: \"Some\": supported values:"
            + " \"None\", \"Metadata\", \"Request\", \"RequestResponse\"",
        "omitStages: [Never]|omitStages[0]: Unsupported value: \"Never\"",
        "rules: [{level: None, omitStages: [Panic, Late]}]|rules[0].omitStages[1]: Unsupported"
            + " value: \"Late\"",
        "rules: [{level: None, nonResourceURLs: [healthz]}]|rules[0].nonResourceURLs[0]: Invalid"
            + " value: \"healthz\": non-resource URL rules must begin with a '/' character",
        "rules: [{level: None, nonResourceURLs: [/a*b]}]|rules[0].nonResourceURLs[0]: Invalid value:"
            + " \"/a*b\": non-resource URL wildcards '*' must be the final character of the rule",
        "rules: [{level: None, nonResourceURLs: [/a], namespaces: [b]}]|rules[0].nonResourceURLs:"
            + " Invalid value: [\"/a\"]: rules cannot apply to both",
        "rules: [{level: None, resources: [{group: apps/v1}]}]|rules[0].resources[0].group: Invalid"
            + " value: \"apps/v1\"",
        "rules: [{level: None, resources: [{group: a, resourceNames: [b]}]}]|"
            + "rules[0].resources[0].resourceNames: Invalid value: [\"b\"]: using resourceNames"
            + " requires at least one resource",
        "rules: [{level: None, user: [jane]}]|rules[0].user: Forbidden: unknown field",
        "rules: [{level: None, users: jane}]|rules[0].users: Invalid value: \"jane\": must be a list",
        "rules: [{level: None, users: [7]}]|rules[0].users[0]: Invalid value: 7: must be a text",
        "rules: [Metadata]|rules[0]: Invalid value: \"Metadata\": must be an object",
        "omitManagedFields: often|omitManagedFields: Invalid value: \"often\"",
      })
  void namesTheFieldThatIsWrong(String body, String message) {
    byte[] yaml = ("apiVersion: audit.k8s.io/v1\nkind: Policy\n" + body).getBytes(UTF_8);
    assertThatThrownBy(() -> PolicyReader.read(Yaml.parse(yaml)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesOtherVersionsAndKinds() {
    byte[] yaml = "apiVersion: audit.k8s.io/v1beta1\nkind: Rules\nrules: []".getBytes(UTF_8);
    assertThatThrownBy(() -> PolicyReader.read(Yaml.parse(yaml)))
        .hasMessageContaining("apiVersion: Unsupported value: \"audit.k8s.io/v1beta1\"")
        .hasMessageContaining("kind: Unsupported value: \"Rules\"");
  }
}
