package io.kuber.access.rbac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Rights;
import io.kuber.json.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rights are in others. */
class CoverageTest {
  private static Rights rights(String rules) {
    return Rules.of(Yaml.parse(("rules: " + rules).getBytes(UTF_8)).items("rules"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{verbs: [get], apiGroups: [''], resources: [pods]}]"
            + "|[{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]}]|true",
        "[{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]}]"
            + "|[{verbs: [get], apiGroups: [''], resources: [pods]}]|false",
        "[{verbs: ['*'], apiGroups: ['*'], resources: ['*']}]"
            + "|[{verbs: [get, x], apiGroups: [a, b], resources: [pods/log]}]|true",
        "[{verbs: [get], apiGroups: [a], resources: [x]}, {verbs: [get], apiGroups: [b],"
            + " resources: [x]}]"
            + "|[{verbs: [get], apiGroups: [a, b], resources: [x]}]|true",
        "[{verbs: [get, list], apiGroups: [''], resources: [pods]}]"
            + "|[{verbs: ['*'], apiGroups: [''], resources: [pods]}]|false",
        "[{verbs: [get], nonResourceURLs: ['/a/*']}]"
            + "|[{verbs: [get], nonResourceURLs: [/a/b, '/a/c/*']}]|true",
        "[{verbs: [get], nonResourceURLs: ['/a/*']}]|[{verbs: [get], nonResourceURLs: [/b]}]|false",
        "[]|[]|true",
      })
  void findsWhatIsMissing(String held, String wanted, boolean covered) {
    assertThat(Coverage.isNothing(Coverage.missing(rights(held), rights(wanted))))
        .isEqualTo(covered);
  }

  @Test
  void tellsWhatIsMissingInFewLines() {
    Rights missing =
        Coverage.missing(
            rights("[{verbs: [get], apiGroups: [''], resources: [secrets]}]"),
            rights(
                "[{verbs: [get, list, watch], apiGroups: ['', apps], resources: [secrets],"
                    + " resourceNames: [k]}, {verbs: [get], nonResourceURLs: [/x]}]"));
    assertThat(Coverage.text(missing))
        .isEqualTo(
            """
            {APIGroups:[""], Resources:["secrets"], ResourceNames:["k"], Verbs:["list" "watch"]}
            {APIGroups:["apps"], Resources:["secrets"], ResourceNames:["k"], Verbs:["get" "list" "watch"]}
            {NonResourceURLs:["/x"], Verbs:["get"]}""");
  }
}
