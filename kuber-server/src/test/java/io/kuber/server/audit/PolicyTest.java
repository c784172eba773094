package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import io.kuber.json.Yaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final User JANE = new User("jane", List.of("dev", User.AUTHENTICATED));

  private static Policy policy(String rest) {
    String head = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";
    return PolicyReader.read(Yaml.parse((head + rest).getBytes(UTF_8)));
  }

  /** {@code get apps/deployments/scale a/web}, {@code list /nodes -}, or {@code get /path}. */
  private static Deed deed(String text) {
    List<String> words = Splitter.on(' ').splitToList(text);
    if (words.size() == 2) {
      return new OnPath(words.get(0), words.get(1));
    }
    List<String> target = Splitter.on('/').splitToList(words.get(1));
    List<String> object =
        words.get(2).equals("-") ? List.of("", "") : Splitter.on('/').splitToList(words.get(2));
    return new OnResource(
        words.get(0),
        target.get(0),
        "v1",
        target.get(1),
        target.size() > 2 ? target.get(2) : "",
        object.get(0),
        object.get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|get /pods a/p|true",
        "{}|get /healthz|true",
        "{users: [jane]}|get /healthz|true",
        "{users: [joe]}|get /healthz|false",
        "{userGroups: [ops, dev]}|get /healthz|true",
        "{userGroups: [ops]}|get /healthz|false",
        "{users: [jane], userGroups: [ops]}|get /healthz|false",
        "{verbs: [get, list]}|list /pods a/|true",
        "{verbs: [get, list]}|watch /pods a/|false",
        "{namespaces: [a]}|get /pods a/p|true",
        "{namespaces: [a]}|get /pods b/p|false",
        "{namespaces: [a]}|get /healthz|false",
        "{namespaces: [\"\"]}|get /nodes -|true",
        "{namespaces: [\"\"]}|get /pods a/p|false",
        "{resources: [{group: \"\"}]}|get /pods/log a/p|true",
        "{resources: [{group: \"\"}]}|get apps/deployments a/p|false",
        "{resources: [{group: \"\"}]}|get /healthz|false",
        "{resources: [{group: \"\", resources: [pods]}]}|get /pods a/p|true",
        "{resources: [{group: \"\", resources: [pods]}]}|get /pods/log a/p|false",
        "{resources: [{group: \"\", resources: [pods/log]}]}|get /pods/log a/p|true",
        "{resources: [{group: \"\", resources: [pods/log]}]}|get /pods a/p|false",
        "{resources: [{group: \"\", resources: [pods/*]}]}|get /pods/log a/p|true",
        "{resources: [{group: \"\", resources: [pods/*]}]}|get /pods a/p|true",
        "{resources: [{group: \"\", resources: [pods/*]}]}|get /podtemplates a/p|false",
        "{resources: [{group: apps, resources: [\"*/scale\"]}]}|get apps/deployments/scale a/p|true",
        "{resources: [{group: apps, resources: [\"*/scale\"]}]}|get apps/deployments a/p|false",
        "{resources: [{group: apps, resources: [\"*\"]}]}|get apps/deployments/scale a/p|true",
        "{resources: [{group: apps}, {group: \"\"}]}|get /pods a/p|true",
        "{resources: [{group: \"\", resources: [secrets], resourceNames: [s]}]}|get /secrets a/s|true",
        "{resources: [{group: \"\", resources: [secrets], resourceNames: [s]}]}|get /secrets a/t|false",
        "{resources: [{group: \"\", resources: [secrets], resourceNames: [s]}]}|list /secrets a/|false",
        "{nonResourceURLs: [/healthz]}|get /healthz|true",
        "{nonResourceURLs: [/healthz]}|get /healthz/etcd|false",
        "{nonResourceURLs: [/healthz*]}|get /healthz/etcd|true",
        "{nonResourceURLs: [\"*\"]}|get /any|true",
        "{nonResourceURLs: [\"*\"]}|get /pods a/p|false",
      })
  void coversTheRequestsThatARuleDescribes(String rule, String request, boolean covered) {
    Policy policy = policy("rules: [" + rule.replaceFirst("\\{", "{level: Request, ") + "]");
    assertThat(policy.plan(JANE, deed(request)).level())
        .isEqualTo(covered ? Level.REQUEST : Level.NONE);
  }

  @Test
  void takesTheFirstRuleThatCovers() {
    Policy policy =
        policy("rules: [{level: None, users: [jane]}, {level: Metadata}, {level: Request}]");
    assertThat(policy.plan(JANE, deed("get /pods a/p")).isNothing()).isTrue();
    assertThat(policy.plan(User.known("joe"), deed("get /pods a/p")).level())
        .isEqualTo(Level.METADATA);
  }

  @Test
  void leavesOutStagesOfThePolicyAndOfTheRule() {
    Plan plan =
        policy(
                "omitStages: [RequestReceived]\n"
                    + "rules: [{level: Metadata, omitStages: [ResponseStarted]}]")
            .plan(JANE, deed("get /x"));
    assertThat(List.of(Stage.values()).stream().filter(plan::tells))
        .containsExactly(Stage.RESPONSE_COMPLETE, Stage.PANIC);
  }

  @Test
  void letsARuleSayOtherwiseAboutManagedFields() {
    Policy policy =
        policy(
            "omitManagedFields: true\n"
                + "rules: [{level: Request, users: [jane], omitManagedFields: false},"
                + " {level: Request}]");
    assertThat(policy.plan(JANE, deed("get /x")).omitManagedFields()).isFalse();
    assertThat(policy.plan(User.known("joe"), deed("get /x")).omitManagedFields()).isTrue();
  }
}
