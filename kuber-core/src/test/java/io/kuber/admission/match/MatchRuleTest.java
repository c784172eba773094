package io.kuber.admission.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which writes a rule means. */
final class MatchRuleTest {
  @ParameterizedTest
  @CsvSource({
    "CREATE, '', v1,      pods,        *,          CREATE, '',     true",
    "*,      *,  *,       *,           *,          DELETE, '',     true",
    "*,      *,  *,       *,           *,          UPDATE, status, false",
    "*,      *,  *,       */*,         *,          UPDATE, status, true",
    "*,      *,  *,       pods/*,      *,          UPDATE, '',     true",
    "*,      *,  *,       */status,    *,          UPDATE, status, true",
    "*,      *,  *,       */status,    *,          UPDATE, '',     false",
    "*,      *,  *,       pods/status, *,          UPDATE, resize, false",
    "UPDATE, '', v1,      pods,        *,          CREATE, '',     false",
    "*,      apps, v1,    pods,        *,          CREATE, '',     false",
    "*,      '', v1beta1, pods,        *,          CREATE, '',     false",
    "*,      '', v1,      nodes,       *,          CREATE, '',     false",
    "*,      '', v1,      pods,        Namespaced, CREATE, '',     true",
    "*,      '', v1,      pods,        Cluster,    CREATE, '',     false",
  })
  void meansPods(
      String operation,
      String group,
      String version,
      String resource,
      String scope,
      String done,
      String subresource,
      boolean matches) {
    MatchRule rule =
        new MatchRule(
            List.of(operation),
            List.of(group),
            List.of(version),
            List.of(resource),
            scope,
            List.of());
    ResourceType pods = Resources.PODS;
    assertThat(rule.matches(done, pods, subresource, pods.namespaced())).isEqualTo(matches);
  }
}
