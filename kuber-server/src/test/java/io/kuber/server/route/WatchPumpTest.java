package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Access;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.api.Witness;
import io.kuber.http.Headers;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a watch speaks without being asked, and when it ends; in virtual time. */
final class WatchPumpTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final Duration SHORTLY = Duration.ofSeconds(1);

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final LocalStore store = new LocalStore();
  private final Tunnels tunnels = new Tunnels(new NoNodes(), loops.clock());
  private final RequestChain chain = chain();

  private RequestChain chain() {
    Access access = Access.ofAdministrators();
    ServerMetrics metrics = new ServerMetrics(Version.GIT_VERSION);
    Api api =
        new Api(
            store,
            WatchHub.of(store),
            BuiltInKinds::catalogue,
            AdmissionChain.standard(loops),
            access,
            loops);
    Router router =
        new Router(
            api,
            new WatchStreams(loops),
            new ListStreams(loops),
            new PodStreams(api, store, tunnels),
            new Health(Map.of(), Map.of()),
            new TokenKeys(
                () -> {
                  throw new IllegalStateException("nobody asks for keys here");
                },
                TokenIssuer.NAME),
            metrics,
            loops.clock());
    return RequestChain.of(
        loops, metrics, path -> true, User.system("me"), access, Witness.NOBODY, router);
  }

  @BeforeEach
  void makeOne() throws Exception {
    make("one");
  }

  @AfterEach
  void close() {
    tunnels.close();
    store.close();
    loops.close();
  }

  private RecordedExchange begin(String method, String target, String body) {
    Peer peer = Peer.plain(InetSocketAddress.createUnresolved("localhost", 0));
    RecordedExchange exchange =
        new RecordedExchange(
            new Request(
                method,
                target,
                Headers.of("Content-Type", "application/json"),
                body.getBytes(UTF_8),
                Protocol.HTTP_1_1,
                peer),
            new StatusErrors(UUID::randomUUID));
    chain.handle(exchange);
    loops.settle();
    return exchange;
  }

  private void make(String name) throws Exception {
    RecordedExchange made = begin("POST", NAMESPACES, "{\"metadata\":{\"name\":\"" + name + "\"}}");
    assertThat(made.await().status()).isEqualTo(201);
  }

  private static List<String> events(RecordedExchange watch) throws Exception {
    return new String(watch.await().body(), UTF_8)
        .lines()
        .map(line -> Json.parse(line.getBytes(UTF_8)))
        .map(WatchPumpTest::text)
        .toList();
  }

  private static String text(Tree event) {
    Tree metadata = event.tree("object", "metadata");
    return event.text("type")
        + " "
        + (metadata.has("name") ? metadata.text("name") : metadata.text("resourceVersion"));
  }

  private static boolean isOver(RecordedExchange watch) {
    boolean[] over = {false};
    watch.onClose(() -> over[0] = true);
    return over[0];
  }

  @Test
  void tellsEachMinuteHowFarItHasComeUnlessTheClientKnows() throws Exception {
    RecordedExchange watch =
        begin("GET", NAMESPACES + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=250", "");
    loops.advance(Duration.ofMinutes(1).plus(SHORTLY));
    make("two");
    loops.advance(Duration.ofMinutes(3));
    loops.advance(Duration.ofMinutes(1));
    assertThat(events(watch)).containsExactly("ADDED one", "BOOKMARK 1", "ADDED two", "BOOKMARK 2");
  }

  @Test
  void tellsBeforeItEndsHowFarItHasCome() throws Exception {
    RecordedExchange watch =
        begin("GET", NAMESPACES + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=10", "");
    loops.advance(Duration.ofSeconds(10));
    assertThat(events(watch)).containsExactly("ADDED one", "BOOKMARK 1");
  }

  @Test
  void keepsToEventsForClientsThatWantNoBookmarks() throws Exception {
    RecordedExchange watch = begin("GET", NAMESPACES + "?watch=true&timeoutSeconds=200", "");
    loops.advance(Duration.ofSeconds(200));
    assertThat(events(watch)).containsExactly("ADDED one");
  }

  /** What the client missed is gone: it is told in an event, since the answer has begun. */
  @Test
  void endsInAnErrorWhenItFallsBehind() throws Exception {
    RecordedExchange watch = begin("GET", NAMESPACES + "?watch=true&resourceVersion=1", "");
    for (int i = 0; i <= WatchHub.HISTORY; i++) {
      String made = "{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"n" + i + "\"}}";
      store.submit(
          new Command.Put(
              Resources.NAMESPACES.key("", "n" + i), Command.ABSENT, made.getBytes(UTF_8)));
    }
    loops.settle();
    assertThat(isOver(watch)).isTrue();
    Tree event = Json.parse(watch.await().body());
    assertThat(event.text("type")).isEqualTo("ERROR");
    assertThat(event.text("object", "kind")).isEqualTo("Status");
    assertThat(event.number(0, "object", "code")).isEqualTo(410);
    assertThat(event.text("object", "reason")).isEqualTo("Expired");
    assertThat(event.text("object", "message")).startsWith("too old resource version");
  }

  @Test
  void endsByItselfAfterHalfAnHourToAnHour() throws Exception {
    RecordedExchange watch = begin("GET", NAMESPACES + "?watch=true", "");
    loops.advance(Duration.ofSeconds(1799));
    assertThat(isOver(watch)).isFalse();
    loops.advance(Duration.ofSeconds(1801));
    assertThat(isOver(watch)).isTrue();
    assertThat(events(watch)).containsExactly("ADDED one");
  }
}
