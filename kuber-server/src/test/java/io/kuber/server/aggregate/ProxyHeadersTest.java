package io.kuber.server.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.http.Headers;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.Request;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who another server hears of, whatever a client or a user is called. */
final class ProxyHeadersTest {
  private static Headers of(User user, String... headers) {
    Peer peer = Peer.plain(InetSocketAddress.createUnresolved("192.0.2.7", 1));
    Request request =
        new Request("GET", "/apis/a/v1", Headers.of(headers), new byte[0], Protocol.HTTP_1_1, peer);
    return ProxyHeaders.of(request, user, "a.b.svc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nX-Remote-Group: system:masters", "a\nb", " admin", "admin\t", "a\u0000"})
  void refusesUsersWhoseNamesReadDifferentlyInAHeader(String name) {
    assertThatThrownBy(() -> of(User.known(name))).isInstanceOf(ApiException.class);
    User inGroup = new User("jane", List.of(name));
    assertThatThrownBy(() -> of(inGroup)).isInstanceOf(ApiException.class);
    User withExtra = new User("jane", "", List.of(), Map.of("scope", List.of(name)));
    assertThatThrownBy(() -> of(withExtra)).isInstanceOf(ApiException.class);
  }

  @Test
  void escapesWhatTheNameOfAHeaderCannotHave() {
    assertThat(ProxyHeaders.escaped("a/b: c%\r\n-ü")).isEqualTo("a%2Fb%3A%20c%25%0D%0A-%C3%BC");
  }

  @Test
  void keepsTheTokenAmongTheProtocolsOfAWebSocket() {
    Headers headers =
        of(
            User.known("jane"),
            "Sec-WebSocket-Protocol",
            "base64url.bearer.authorization.k8s.io.c2VjcmV0, v4.channel.k8s.io");
    assertThat(headers.all("Sec-WebSocket-Protocol")).containsExactly("v4.channel.k8s.io");
  }

  @Test
  void tellsWhereARequestCameFromInsteadOfWhatItSaysItself() {
    Headers headers =
        of(User.known("jane"), "X-Forwarded-For", "127.0.0.1", "Impersonate-User", "admin");
    assertThat(headers.all("X-Forwarded-For")).containsExactly("192.0.2.7");
    assertThat(headers.has("Impersonate-User")).isFalse();
  }
}
