package io.kuber.server.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.StatusReason;
import io.kuber.server.join.JoinPlan.Admit;
import io.kuber.server.join.JoinPlan.Refuse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, and what the others are told. */
final class JoinPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NODES = "system:bootstrappers:kubeadm:default-node-token";

  private static TokenSecret kept(String id, Optional<Instant> expires, String group) {
    return new TokenSecret(new BootstrapToken(id, "0123456789abcdef"), expires, "", group);
  }

  private static JoinPlan decide(String token, String name) {
    List<TokenSecret> tokens =
        List.of(
            kept("server", Optional.empty(), TokenSecret.SERVERS),
            kept("latest", Optional.of(NOW.plusSeconds(1)), NODES + "," + TokenSecret.SERVERS),
            kept("bygone", Optional.of(NOW), TokenSecret.SERVERS),
            kept("noodes", Optional.empty(), NODES));
    return JoinPlan.decide(
        new JoinRequest(token, name),
        id -> tokens.stream().filter(each -> each.token().id().equals(id)).findFirst(),
        List.of("a", "b"),
        NOW);
  }

  @Test
  void letsInWhoShowsAGoodToken() {
    assertThat(decide("server.0123456789abcdef", "c")).isEqualTo(new Admit());
    assertThat(decide("latest.0123456789abcdef", "c.example-1")).isEqualTo(new Admit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody.0123456789abcdef | c | UNAUTHORIZED | the token nobody is not known here",
        "server.0123456789abcdeX | c | UNAUTHORIZED | --token: a token has six small letters",
        "server.fedcba9876543210 | c | UNAUTHORIZED | the token server is not known here",
        "bygone.fedcba9876543210 | c | UNAUTHORIZED | the token bygone is not known here",
        "bygone.0123456789abcdef | c | UNAUTHORIZED | the token bygone expired at 2026-01-01T00",
        "noodes.0123456789abcdef | c | FORBIDDEN | the token noodes is not for servers",
        "server.0123456789abcdef | C | BAD_REQUEST | --name: a server's name has small letters",
        "server.0123456789abcdef | b | CONFLICT | there is a server named b; choose another",
        "'' | '' | UNAUTHORIZED | --token:",
      })
  void saysWhyNot(String token, String name, StatusReason reason, String message) {
    Refuse refused = (Refuse) decide(token, name);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.message()).startsWith(message);
  }
}
