package io.kuber.server.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as text, and as the Secrets that kubeadm makes. */
final class TokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PIN = "0123456789abcdef".repeat(4);
  private static final BootstrapToken TOKEN = new BootstrapToken("abcdef", "0123456789abcdef");

  @Test
  void readsWhatItPrints() {
    JoinToken token = new JoinToken(TOKEN, PIN);
    assertThat(token.text()).isEqualTo("abcdef.0123456789abcdef@sha256:" + PIN);
    assertThat(JoinToken.parse(token.text())).isEqualTo(token);
  }

  @Test
  void drawsTokensOfTheFormThatKubeadmHas() {
    SimulatedLoops loops = new SimulatedLoops(3, NOW);
    BootstrapToken first = BootstrapToken.create(loops.entropy());
    assertThat(first.text()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
    assertThat(BootstrapToken.create(loops.entropy())).isNotEqualTo(first);
  }

  @Test
  void keepsSecretsOutOfLogs() {
    TokenSecret kept = new TokenSecret(TOKEN, Optional.empty(), "", TokenSecret.SERVERS);
    JoinRequest asked = new JoinRequest(TOKEN.text(), "b");
    assertThat(kept + " " + new JoinToken(TOKEN, PIN) + " " + asked)
        .contains("token abcdef")
        .doesNotContain(TOKEN.secret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abcdef.0123456789abcdef",
        "abcdef.0123456789abcde@sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef",
        "ABCDEF.0123456789abcdef@sha256:x",
        "abcdef.0123456789abcdef@sha256:xyz",
        "abcdef0123456789abcdef@sha256:0",
      })
  void refusesWhatIsNoTokenWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> JoinToken.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("0123456789abc");
  }

  @Test
  void keepsATokenAsASecret() {
    TokenSecret token =
        new TokenSecret(TOKEN, Optional.of(NOW.plusSeconds(60)), "for b", TokenSecret.SERVERS);
    KubeObject secret = token.secret();
    assertThat(secret.name()).isEqualTo("bootstrap-token-abcdef");
    assertThat(secret.namespace()).isEqualTo("kube-system");
    assertThat(secret.tree().text("type")).isEqualTo("bootstrap.kubernetes.io/token");
    assertThat(TokenSecret.of(secret)).contains(token);
  }

  @Test
  void readsATokenThatKubeadmMade() {
    KubeObject secret =
        KubeObject.of(
            Yaml.parse(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: bootstrap-token-abcdef, namespace: kube-system}
                type: bootstrap.kubernetes.io/token
                data:
                  auth-extra-groups: c3lzdGVtOmJvb3RzdHJhcHBlcnM6a3ViZWFkbTpkZWZhdWx0LW5vZGUtdG9rZW4=
                  expiration: MjAyNi0wMS0wMlQwMDowMDowMFo=
                  token-id: YWJjZGVm
                  token-secret: MDEyMzQ1Njc4OWFiY2RlZg==
                  usage-bootstrap-authentication: dHJ1ZQ==
                  usage-bootstrap-signing: dHJ1ZQ==
                """
                    .getBytes(StandardCharsets.UTF_8)));
    TokenSecret token = TokenSecret.of(secret).orElseThrow();
    assertThat(token.token()).isEqualTo(TOKEN);
    assertThat(token.isForServers()).isFalse();
    assertThat(token.isExpired(Instant.parse("2026-01-01T23:59:59Z"))).isFalse();
    assertThat(token.isExpired(Instant.parse("2026-01-02T00:00:00Z"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "type, Opaque",
    "data.usage-bootstrap-authentication, ZmFsc2U=",
    "data.token-id, eHh4eHh4",
    "data.token-secret, c2hvcnQ=",
    "data.token-secret, '%%%'",
    "data.expiration, c29vbg==",
  })
  void takesNoSecretThatIsNoWholeToken(String path, String value) {
    KubeObject secret = new TokenSecret(TOKEN, Optional.empty(), "", TokenSecret.SERVERS).secret();
    assertThat(TokenSecret.of(secret)).isPresent();
    assertThat(TokenSecret.of(secret.with(value, path.split("\\.")))).isEmpty();
  }
}
