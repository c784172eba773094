package io.kuber.server.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.PeerIdentity;
import io.kuber.server.trust.SharedKeys;
import io.kuber.server.trust.SigningKey;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides of joining, over TLS. */
final class JoinTest {
  private static final BootstrapToken TOKEN = new BootstrapToken("abcdef", "0123456789abcdef");
  private static final UUID GROUP = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final String LOCALHOST = "127.0.0.1";

  @TempDir private Path directory;
  private final LocalStore store = new LocalStore();
  private ClusterTrust trust;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    trust = ClusterTrust.open(directory, List.of(LOCALHOST), Instant.now());
    PeerIdentity.open(directory, LOCALHOST, Instant.now());
    SigningKey.open(directory);
    JoinDesk desk =
        new JoinDesk(store::latest, () -> List.of("a"), this::grant, InstantSource.system());
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(),
            List.of(trust.server().certificate(), trust.authority().certificate()),
            List.of());
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls)
                .withErrors(new StatusErrors(UUID::randomUUID)),
            exchange -> {
              ServerRequest request = new ServerRequest(exchange, Optional.empty(), User.ANONYMOUS);
              try {
                desk.handle(request);
              } catch (ApiException refused) {
                request.fail(refused);
              }
            });
  }

  @AfterEach
  void close() {
    server.close();
  }

  private JoinGrant grant() {
    try {
      return new JoinGrant(GROUP, Tree.ofTexts(SharedKeys.read(directory)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keepToken() {
    TokenSecret token = new TokenSecret(TOKEN, Optional.empty(), "", TokenSecret.SERVERS);
    store.submit(
        new Command.Put(
            TokenSecret.key(TOKEN.id()), Command.ABSENT, Json.print(token.secret().tree())));
  }

  private URI address() {
    return URI.create("https://127.0.0.1:" + server.port());
  }

  private JoinToken pinned() {
    return JoinToken.of(TOKEN, trust.authority().certificate());
  }

  @Test
  void givesTheKeysOfTheClusterToWhoShowsItsToken() throws Exception {
    keepToken();
    JoinGrant grant = JoinClient.ask(address(), pinned(), "b");
    assertThat(grant.group()).isEqualTo(GROUP);
    assertThat(grant.keys().texts())
        .isEqualTo(SharedKeys.read(directory))
        .containsOnlyKeys("ca.crt", "ca.key", "peer-ca.crt", "peer-ca.key", "sa.key");
    assertThat(grant.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void tellsWhoseTokenIsNotKnownWhatToDo() {
    assertThatThrownBy(() -> JoinClient.ask(address(), pinned(), "b"))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("not let in by " + address())
        .hasMessageContaining("the token abcdef is not known here")
        .hasMessageContaining("kuber token create");
  }

  @Test
  void tellsNothingToAServerOfAnotherCluster(@TempDir Path other) throws Exception {
    keepToken();
    ClusterTrust foreign = ClusterTrust.open(other, List.of(LOCALHOST), Instant.now());
    JoinToken wrong = JoinToken.of(TOKEN, foreign.authority().certificate());
    assertThatThrownBy(() -> JoinClient.ask(address(), wrong, "b"))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("of another cluster than the token")
        .hasMessageContaining("nothing was told to it");
  }

  @Test
  void believesNoServerUnderAnAddressThatItsCertificateDoesNotHave() {
    keepToken();
    URI other = URI.create("https://127.0.0.2:" + server.port());
    assertThatThrownBy(() -> JoinClient.ask(other, pinned(), "b"))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void refusesRequestsThatAreTooLongOrNotToBeUnderstood() throws Exception {
    assertThat(post("x".repeat(5000)).statusCode()).isEqualTo(413);
    assertThat(post("{").statusCode()).isEqualTo(400);
    assertThat(post("{}").statusCode()).isEqualTo(401);
    assertThat(post("{\"token\": 7}").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> post(String body) throws Exception {
    HttpClient client =
        HttpClient.newBuilder().sslContext(PinnedTrust.context(pinned().pin())).build();
    return client.send(
        HttpRequest.newBuilder(address().resolve("/" + JoinDesk.PATH))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
