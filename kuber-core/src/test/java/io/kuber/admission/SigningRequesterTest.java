package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.api.Admission.Request;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.TreeImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose wish a wish for a certificate is. */
final class SigningRequesterTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00.5Z"));

  private static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KubeObject admit(Verb verb, User user, String wish) {
    KubeObject object = KubeObject.of(yaml(wish));
    return new SigningRequester(CLOCK)
        .admit(
            new Request(
                verb,
                BuiltInKinds.catalogue().of(Resources.CERTIFICATE_SIGNING_REQUESTS),
                "",
                object,
                verb == Verb.CREATE ? null : object,
                user,
                TreeImage.EMPTY));
  }

  @Test
  void saysAllThatIsKnownOfWhoAsks() {
    User user =
        User.serviceAccount("ns", "robot", "u-1", Map.of("example.com/pod", List.of("p", "q")));
    KubeObject wish = admit(Verb.CREATE, user, "{metadata: {name: w}, spec: {request: abc}}");
    assertThat(wish.spec())
        .isEqualTo(
            yaml(
                "{request: abc, username: 'system:serviceaccount:ns:robot', uid: u-1, groups:"
                    + " ['system:serviceaccounts', 'system:serviceaccounts:ns',"
                    + " 'system:authenticated'], extra: {example.com/pod: [p, q]}}"));
  }

  @Test
  void believesNothingThatTheClientClaims() {
    KubeObject wish =
        admit(
            Verb.CREATE,
            new User("jane", List.of("dev")),
            "{metadata: {name: w}, spec: {request: abc, username: root, uid: '0', groups:"
                + " ['system:masters'], extra: {a: [b]}}}");
    assertThat(wish.spec()).isEqualTo(yaml("{request: abc, username: jane, groups: [dev]}"));
  }

  @Test
  void leavesTheRequesterAloneWhenSomebodyElseDecidesAndDatesTheDecision() {
    KubeObject wish =
        admit(
            Verb.UPDATE,
            new User("admin", List.of()),
            "{metadata: {name: w}, spec: {username: jane, uid: u-1}, status: {conditions: [{type:"
                + " Approved}]}}");
    assertThat(wish.spec()).isEqualTo(yaml("{username: jane, uid: u-1}"));
    assertThat(wish.status().items("conditions").tree(0))
        .isEqualTo(
            yaml(
                "{type: Approved, lastUpdateTime: '2026-01-01T00:00:00Z', lastTransitionTime:"
                    + " '2026-01-01T00:00:00Z'}"));
  }
}
