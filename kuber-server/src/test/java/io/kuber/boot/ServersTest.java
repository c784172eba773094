package io.kuber.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.boot.ServerPlace.Join;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.join.BootstrapToken;
import io.kuber.server.join.JoinToken;
import io.kuber.server.join.TokenSecret;
import io.kuber.server.trust.ClusterTrust;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three servers of one cluster, each with its own directory and ports, in this process. */
@TestMethodOrder(OrderAnnotation.class)
final class ServersTest {
  private static final int LAST = 2;
  private static final long LIMIT_SECONDS = 60;
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final BootstrapToken TOKEN = new BootstrapToken("abcdef", "0123456789abcdef");
  private static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private static final String ENCODED =
      Base64.getEncoder().encodeToString("plain text of secrets".getBytes(UTF_8));

  @TempDir private static Path directory;
  private static final List<Cluster> SERVERS = new ArrayList<>();
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    SERVERS.add(start("a", Optional.empty()));
    ClusterTrust trust =
        ClusterTrust.open(directory.resolve("a/pki"), List.of("127.0.0.1"), Instant.now());
    http = HttpClient.newBuilder().sslContext(trust.adminTls()).build();
    TokenSecret token = new TokenSecret(TOKEN, Optional.empty(), "", TokenSecret.SERVERS);
    assertThat(send(0, "POST", SECRETS, token.secret().tree()).statusCode()).isEqualTo(201);
    JoinToken line = JoinToken.of(TOKEN, trust.authority().certificate());
    for (String name : List.of("b", "c")) {
      SERVERS.add(start(name, Optional.of(new Join(address(0), line))));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(Cluster::close);
  }

  private static Cluster start(String name, Optional<Join> join) throws Exception {
    ServerPlace place = new ServerPlace(name, "127.0.0.1", freePort(), join);
    ClusterOptions options =
        new ClusterOptions(directory.resolve(name), freePort(), name, Optional.of(place));
    Cluster server = Cluster.start(options, new NoNodes(), Progress.SILENT);
    server.ready().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static URI address(int server) {
    return URI.create(SERVERS.get(server).address());
  }

  private static HttpResponse<String> send(int server, String method, String path, Tree body)
      throws Exception {
    return http.send(request(server, method, path, body), BodyHandlers.ofString());
  }

  private static HttpRequest request(int server, String method, String path, Tree body) {
    return HttpRequest.newBuilder(address(server).resolve(path))
        .timeout(Duration.ofSeconds(LIMIT_SECONDS))
        .method(method, BodyPublishers.ofByteArray(body.isEmpty() ? new byte[0] : Json.print(body)))
        .header("Content-Type", "application/json")
        .build();
  }

  private static Tree get(int server, String path) throws Exception {
    return Json.parse(send(server, "GET", path, Tree.EMPTY).body().getBytes(UTF_8));
  }

  /** Reads until what is there is as wanted. */
  private static Tree until(int server, String path, Predicate<Tree> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    Tree seen = get(server, path);
    while (!wanted.test(seen)) {
      assertThat(System.nanoTime())
          .as("out of patience at %s, seen: %s", path, seen)
          .isLessThan(end);
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      seen = get(server, path);
    }
    return seen;
  }

  private static void make(int server, String name) throws Exception {
    Tree map = Tree.of("metadata", Tree.of("name", name, "labels", Tree.of("of", "test")));
    HttpResponse<String> made = send(server, "POST", MAPS, map);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  @Test
  void readAtOneWhatAnotherHasJustTaken() throws Exception {
    for (int writer = 0; writer <= LAST; writer++) {
      make(writer, "at-" + writer);
      for (int reader = 0; reader <= LAST; reader++) {
        assertThat(get(reader, MAPS + "/at-" + writer).text("metadata", "name"))
            .isEqualTo("at-" + writer);
      }
    }
  }

  @Test
  void goOnWithAPageThatAnotherHasBegun() throws Exception {
    String list = MAPS + "?labelSelector=of%3Dpages&limit=1";
    for (String name : List.of("page-1", "page-2", "page-3")) {
      Tree map = Tree.of("metadata", Tree.of("name", name, "labels", Tree.of("of", "pages")));
      assertThat(send(0, "POST", MAPS, map).statusCode()).isEqualTo(201);
    }
    Tree first = get(0, list);
    assertThat(send(1, "DELETE", MAPS + "/page-2", Tree.EMPTY).statusCode()).isEqualTo(200);
    Tree second = get(1, list + "&continue=" + first.text("metadata", "continue"));
    Tree third = get(2, list + "&continue=" + second.text("metadata", "continue"));
    assertThat(second.items("items").tree(0).text("metadata", "name")).isEqualTo("page-2");
    assertThat(third.items("items").tree(0).text("metadata", "name")).isEqualTo("page-3");
    assertThat(third.text("metadata", "resourceVersion"))
        .isEqualTo(first.text("metadata", "resourceVersion"));
  }

  /** A hundred clients, each with a request to one of the three. */
  @Test
  void keepAQuotaThatAllOfThemGiveAwayAtOnce() throws Exception {
    String namespace = "/api/v1/namespaces/rationed";
    Tree named = Tree.of("metadata", Tree.of("name", "rationed"));
    assertThat(send(0, "POST", "/api/v1/namespaces", named).statusCode()).isEqualTo(201);
    Tree quota =
        Tree.of(
            "metadata", Tree.of("name", "q"), "spec", Tree.of("hard", Tree.of("secrets", "20")));
    assertThat(send(0, "POST", namespace + "/resourcequotas", quota).statusCode()).isEqualTo(201);
    for (int server = 0; server <= LAST; server++) {
      get(server, namespace + "/resourcequotas/q");
    }
    List<CompletableFuture<HttpResponse<String>>> writes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Tree secret = Tree.of("metadata", Tree.of("name", "s-" + i));
      HttpRequest request = request(i % 3, "POST", namespace + "/secrets", secret);
      writes.add(http.sendAsync(request, BodyHandlers.ofString()));
    }
    List<Integer> answers = writes.stream().map(write -> write.join().statusCode()).toList();
    assertThat(answers).containsOnly(201, 403).filteredOn(code -> code == 201).hasSize(20);
    assertThat(get(1, namespace + "/secrets").items("items").size()).isEqualTo(20);
    assertThat(get(2, namespace + "/resourcequotas/q").tree("status", "used").text("secrets"))
        .isEqualTo("20");
  }

  @Test
  void believeTokensOfServiceAccountsThatAnotherHasSigned() throws Exception {
    String accounts = "/api/v1/namespaces/default/serviceaccounts";
    until(0, accounts + "/default", account -> account.text("kind").equals("ServiceAccount"));
    Tree asked = Tree.of("spec", Tree.of("expirationSeconds", 3600L));
    HttpResponse<String> issued = send(0, "POST", accounts + "/default/token", asked);
    String token = Json.parse(issued.body().getBytes(UTF_8)).text("status", "token");
    Tree review =
        Json.parse(
            send(
                    2,
                    "POST",
                    "/apis/authentication.k8s.io/v1/tokenreviews",
                    Tree.of("spec", Tree.of("token", token)))
                .body()
                .getBytes(UTF_8));
    assertThat(review.text("status", "user", "username"))
        .isEqualTo("system:serviceaccount:default:default");
  }

  /** Here they have addresses that a pod would take for its own. */
  @Test
  void leadTheServiceOfTheApiToNobodyWhomPodsCannotReach() throws Exception {
    String service = "/api/v1/namespaces/default/services/kubernetes";
    until(1, service, found -> found.text("kind").equals("Service"));
    String endpoints = "/api/v1/namespaces/default/endpoints/kubernetes";
    assertThat(send(2, "GET", endpoints, Tree.EMPTY).statusCode()).isEqualTo(404);
  }

  @Test
  void letNobodyInUnderANameThatIsTaken() {
    JoinToken line;
    try {
      ClusterTrust trust =
          ClusterTrust.open(directory.resolve("a/pki"), List.of("127.0.0.1"), Instant.now());
      line = JoinToken.of(TOKEN, trust.authority().certificate());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    ServerPlace place =
        new ServerPlace("b", "127.0.0.1", 7443, Optional.of(new Join(address(1), line)));
    ClusterOptions options =
        new ClusterOptions(directory.resolve("other"), 6443, "b", Optional.of(place));
    assertThatThrownBy(() -> Cluster.start(options, new NoNodes(), Progress.SILENT))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("there is a server named b");
  }

  @Test
  void sayThatAServerIsNotThere() throws Exception {
    for (int asked = 0; asked <= LAST; asked++) {
      assertNotFound(send(asked, "DELETE", "/kuber/servers/nobody", Tree.EMPTY));
      assertNotFound(send(asked, "POST", "/kuber/servers/nobody/lead", Tree.EMPTY));
    }
  }

  private static void assertNotFound(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("there is no server named nobody; there are [");
  }

  @Test
  void encryptSecretsOnAllDisksAndReadThemEverywhere() throws Exception {
    for (String kind : List.of("secrets", "configmaps")) {
      Tree made =
          Tree.of(
              "metadata",
              Tree.of("name", "held"),
              kind.equals("secrets") ? "stringData" : "data",
              Tree.of("text", "plain text of " + kind));
      String path = "/api/v1/namespaces/default/" + kind;
      assertThat(send(1, "POST", path, made).statusCode()).isEqualTo(201);
    }
    for (int server = 0; server <= LAST; server++) {
      Tree held = get(server, "/api/v1/namespaces/default/secrets/held");
      assertThat(held.text("data", "text")).isEqualTo(ENCODED);
    }
    for (String name : List.of("a", "b", "c")) {
      Path key = directory.resolve(name).resolve("pki/encryption.yaml");
      assertThat(key).hasSameBinaryContentAs(directory.resolve("a/pki/encryption.yaml"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      assertThat(holds(name, ENCODED)).isFalse();
      assertThat(holds(name, "plain text of configmaps")).isTrue();
    }
    assertThat(send(2, "GET", "/kuber/backup", Tree.EMPTY).body())
        .contains("plain text of configmaps")
        .doesNotContain(ENCODED);
  }

  private static boolean holds(String server, String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(server))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The one that leads is stopped, so this comes last. */
  @Test
  @Order(Integer.MAX_VALUE)
  void goOnWhenTheOneThatLeadsStops() throws Exception {
    Tree leader =
        until(
                0,
                "/kuber/servers",
                list ->
                    list.items("items").trees().stream()
                        .anyMatch(server -> server.text("role").equals("leader")))
            .items("items")
            .trees()
            .stream()
            .filter(server -> server.text("role").equals("leader"))
            .findFirst()
            .orElseThrow();
    int stopped = List.of("a", "b", "c").indexOf(leader.text("name"));
    int other = (stopped + 1) % 3;
    SERVERS.get(stopped).close();
    Tree namespace = Tree.of("metadata", Tree.of("name", "later"));
    assertThat(send(other, "POST", "/api/v1/namespaces", namespace).statusCode()).isEqualTo(201);
    until(
        other,
        "/api/v1/namespaces/later/serviceaccounts/default",
        account -> account.text("kind").equals("ServiceAccount"));
    assertThat(send(other, "GET", "/readyz?verbose", Tree.EMPTY).body()).contains("[+]leader ok");
  }
}
