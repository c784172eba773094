package io.kuber.server.aggregate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Access;
import io.kuber.access.Authenticator;
import io.kuber.access.Superusers;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.Witness;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.trust.FrontProxy;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another server of the API behind the gate of this one, over real connections. */
final class AggregationTest {
  private static final String ROOT = "/apis/shop.example.com/v1";
  private static final String HOST = "orders.shop.svc";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final User JANE =
      new User(
          "jane doe",
          "u-1",
          List.of(User.MASTERS, "shop ü"),
          Map.of("example.com/floor", List.of("3", "4")));

  private final ThreadLoops loops = new ThreadLoops();
  private final LocalStore store = new LocalStore();
  private final FrontProxy proof = FrontProxy.inMemory(InstantSource.system());
  private final Aggregation aggregation =
      new Aggregation(
          store,
          loops,
          proof,
          () -> {
            throw new IllegalStateException("this server does not lead");
          });
  private final HttpClient client = HttpClient.newHttpClient();
  private ExtensionServer extension;
  private HttpServer http;

  @BeforeEach
  void start() throws Exception {
    extension = new ExtensionServer(HOST, "127.0.0.1", proof.authorityPem());
    RequestChain chain =
        RequestChain.of(
            loops,
            new ServerMetrics("v1.36.0"),
            path -> true,
            JANE,
            new Access(Authenticator.NONE, TokenIssuer.NONE, new Superusers()),
            Witness.NOBODY,
            this::route);
    http =
        HttpServer.start(
            HttpServerConfig.plain(0).withErrors(new StatusErrors(loops.entropy()::uuid)), chain);
  }

  @AfterEach
  void stop() {
    http.close();
    aggregation.close();
    extension.close();
    store.close();
    loops.close();
  }

  private void route(ServerRequest request) {
    RequestPath path = request.path().orElseThrow();
    aggregation
        .at(path.group(), path.version())
        .ifPresentOrElse(
            to -> aggregation.pass(request, to),
            () -> request.respond(Response.text(200, "our own")));
  }

  private void register(String group, int port, Tree trust, String available) {
    Tree service =
        Tree.of("ports", Items.of(Tree.of("port", 443L, "name", "https")), "type", "ClusterIP");
    put(Resources.SERVICES, Resources.SERVICES.object("shop", "orders").with(service, "spec"));
    put(
        Resources.ENDPOINT_SLICES,
        Resources.ENDPOINT_SLICES
            .object("shop", "orders-1")
            .with("orders", "metadata", "labels", "kubernetes.io/service-name")
            .with(Items.of(Tree.of("port", (long) port, "name", "https")), "ports")
            .with(Items.of(Tree.of("addresses", Items.of("127.0.0.1"))), "endpoints"));
    Tree spec =
        trust
            .with("group", group)
            .with("version", "v1")
            .with("versionPriority", 10L)
            .with("groupPriorityMinimum", 2000L)
            .with("service", Tree.of("namespace", "shop", "name", "orders"));
    Tree condition = Tree.of("type", "Available", "status", available);
    put(
        Resources.API_SERVICES,
        Resources.API_SERVICES
            .object("", "v1." + group)
            .with(spec, "spec")
            .with(Items.of(condition), "status", "conditions"));
  }

  private void registerOrders() {
    register(
        "shop.example.com", extension.port(), Tree.of("caBundle", extension.caBundle()), "True");
  }

  private void put(ResourceType type, KubeObject object) {
    Stored there = store.image().get(type.keyOf(object));
    long expected = there == null ? Command.ABSENT : there.revision();
    store
        .submit(new Command.Put(type.keyOf(object), expected, Json.print(object.tree())))
        .toCompletableFuture()
        .join();
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
        .timeout(PATIENCE);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(at(path).build(), BodyHandlers.ofString());
  }

  private static String utf8(String header) {
    return new String(header.getBytes(ISO_8859_1), UTF_8);
  }

  @Test
  void passesRequestsOnInTheNameOfTheUserAndWithoutCredentials() throws Exception {
    registerOrders();
    HttpResponse<String> answer =
        client.send(
            at(ROOT + "/namespaces/a%20b/orders?limit=5&x=%2F")
                .header("Authorization", "Bearer secret")
                .header("X-Remote-User", "admin")
                .header("X-Remote-Group", "system:masters")
                .header("X-Remote-Extra-Scope", "all")
                .header("Accept", "application/json")
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("OrderList");
    Request seen = extension.next();
    assertThat(seen.target()).isEqualTo(ROOT + "/namespaces/a%20b/orders?limit=5&x=%2F");
    assertThat(seen.headers().all("X-Remote-User")).containsExactly("jane doe");
    assertThat(seen.headers().all("X-Remote-Uid")).containsExactly("u-1");
    assertThat(seen.headers().all("X-Remote-Group").stream().map(AggregationTest::utf8))
        .containsExactly("system:masters", "shop ü");
    assertThat(seen.headers().all("X-Remote-Extra-example.com%2Ffloor")).containsExactly("3", "4");
    assertThat(seen.headers().has("X-Remote-Extra-Scope")).isFalse();
    assertThat(seen.headers().has("Authorization")).isFalse();
    assertThat(seen.headers().first("Host")).contains("orders.shop.svc");
  }

  @Test
  void passesBodiesAndFailuresOn() throws Exception {
    registerOrders();
    HttpResponse<String> made =
        client.send(
            at(ROOT + "/namespaces/a/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"one\"}}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(get(ROOT + "/namespaces/a/orders/one").body()).contains("\"one\"");
    assertThat(get(ROOT + "/namespaces/a/orders/two").statusCode()).isEqualTo(404);
  }

  @Test
  void deletesWhatANamespaceHasElsewhereAndTellsWhatIsLeft() throws Exception {
    registerOrders();
    while (aggregation.known().versions().stream().allMatch(ForeignVersion::isStale)) {
      assertThat(aggregation.sweep("a").undiscovered())
          .allMatch(why -> why.startsWith("shop.example.com/v1: "));
    }
    post("{'metadata':{'name':'one'}}".replace('\'', '"'));
    post("{'metadata':{'name':'two','finalizers':['example.com/hold']}}".replace('\'', '"'));
    Swept swept = aggregation.sweep("a");
    assertThat(swept.remaining()).containsOnly(Map.entry("orders.shop.example.com", 1));
    assertThat(swept.finalizers()).containsOnly(Map.entry("example.com/hold", 1));
    assertThat(swept.failures()).isEmpty();
    Request asked = extension.next();
    while (!asked.method().equals("DELETE")) {
      asked = extension.next();
    }
    assertThat(asked.path()).isEqualTo(ROOT + "/namespaces/a/orders");
    assertThat(asked.headers().first("X-Remote-User"))
        .contains("system:serviceaccount:kube-system:namespace-controller");
    extension.close();
    assertThat(aggregation.sweep("a").failures()).hasSize(1);
  }

  private void post(String order) throws Exception {
    client.send(
        at(ROOT + "/namespaces/a/orders").POST(HttpRequest.BodyPublishers.ofString(order)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void streamsWatchesAsTheyCome() throws Exception {
    registerOrders();
    HttpResponse<InputStream> watch =
        client.send(
            at(ROOT + "/namespaces/a/orders?watch=true").build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(watch.body(), UTF_8))) {
      passOne("first");
      assertThat(lines.readLine()).contains("ADDED", "first");
      passOne("second");
      assertThat(lines.readLine()).contains("ADDED", "second");
    }
  }

  private void passOne(String name) throws Exception {
    client.send(
        at(ROOT + "/namespaces/a/orders")
            .POST(HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"" + name + "\"}}"))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void carriesOtherProtocolsBothWays() throws Exception {
    registerOrders();
    try (Socket socket = new Socket("127.0.0.1", http.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + ROOT
                      + "/namespaces/a/orders/one/console HTTP/1.1\r\nHost: x\r\n"
                      + "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n")
                  .getBytes(US_ASCII));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      assertThat(in.readLine()).startsWith("HTTP/1.1 101");
      String head = in.lines().takeWhile(line -> !line.isEmpty()).toList().toString();
      assertThat(head.toLowerCase(Locale.ROOT)).contains("upgrade: spdy/3.1");
      socket.getOutputStream().write("hello\n".getBytes(US_ASCII));
      assertThat(in.readLine()).isEqualTo("hello");
      socket.getOutputStream().write("again\n".getBytes(US_ASCII));
      assertThat(in.readLine()).isEqualTo("again");
    }
  }

  /** The JDK's client asks for it with each request. */
  @Test
  void goesOnWithNoProtocolInWhichClientsCouldSendHeadersOfTheirOwn() throws Exception {
    registerOrders();
    assertThat(get(ROOT).statusCode()).isEqualTo(200);
    Request seen = extension.next();
    assertThat(seen.upgrade()).isEmpty();
    assertThat(seen.headers().has("Upgrade")).isFalse();
  }

  @Test
  void doesNotFollowOrPassOnRedirects() throws Exception {
    registerOrders();
    HttpResponse<String> answer = get(ROOT + "/away");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body()).contains("attempted to redirect");
  }

  @Test
  void refusesPathsThatTheOtherServerMayReadDifferently() throws Exception {
    registerOrders();
    assertThat(get(ROOT + "/namespaces/a/orders/x%2Fstatus").statusCode()).isEqualTo(400);
    assertThat(get(ROOT + "/namespaces/a/orders/%2e%2e").statusCode()).isEqualTo(400);
    assertThat(get(ROOT + "//namespaces//a//orders").statusCode()).isEqualTo(200);
    assertThat(extension.next().path()).isEqualTo(ROOT + "/namespaces/a/orders");
  }

  @Test
  void believesNoServerOfAnotherAuthority() throws Exception {
    try (ExtensionServer other = new ExtensionServer(HOST, "127.0.0.1", proof.authorityPem())) {
      register("shop.example.com", extension.port(), Tree.of("caBundle", other.caBundle()), "True");
      HttpResponse<String> answer = get(ROOT);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("x509: certificate signed by unknown authority");
    }
    register("shop.example.com", extension.port(), Tree.of("insecureSkipTLSVerify", true), "True");
    assertThat(get(ROOT).statusCode()).isEqualTo(200);
  }

  @Test
  void answersForTheGroupOfADeadServerAndNobodyElseIsAffected() throws Exception {
    registerOrders();
    extension.close();
    assertThat(get(ROOT).statusCode()).isEqualTo(503);
    assertThat(get("/apis/apps/v1/deployments").body()).isEqualTo("our own");
    register(
        "shop.example.com", extension.port(), Tree.of("caBundle", extension.caBundle()), "False");
    HttpResponse<String> answer = get(ROOT);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("the server is currently unable to handle the request");
  }

  @Test
  void letsNoMoreThanAFewRequestsWaitForAServerThatHangs() throws Exception {
    registerOrders();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(client.sendAsync(at(ROOT + "/never").build(), BodyHandlers.ofString()));
    }
    for (int i = 0; i < 100; i++) {
      extension.next();
    }
    assertThat(get(ROOT).statusCode()).isEqualTo(429);
    assertThat(get("/apis/apps/v1/deployments").statusCode()).isEqualTo(200);
    extension.close();
    waiting.forEach(each -> each.handle((answer, failure) -> true).join());
  }

  @Test
  void learnsWhatTheServerHasAndKeepsItWhenItIsGone() throws Exception {
    registerOrders();
    ForeignVersion known = await(version -> !version.isStale());
    assertThat(known.resources().trees())
        .extracting(resource -> resource.text("name"))
        .containsExactly("orders", "orders/status");
    assertThat(known.openApi()).isEqualTo("/openapi/v3" + ROOT + "?hash=1");
    extension.close();
    try (ServerSocket silent = new ServerSocket(0)) {
      register(
          "shop.example.com",
          silent.getLocalPort(),
          Tree.of("caBundle", extension.caBundle()),
          "True");
      assertThat(await(ForeignVersion::isStale).resources().size()).isEqualTo(2);
    }
  }

  private ForeignVersion await(Predicate<ForeignVersion> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      for (ForeignVersion version : aggregation.known().versions()) {
        if (condition.test(version)) {
          return version;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("in vain: " + aggregation.known());
  }
}
