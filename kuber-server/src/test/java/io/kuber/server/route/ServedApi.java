package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.access.Access;
import io.kuber.access.AdministratorsOnly;
import io.kuber.access.TokenIssuer;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.api.NodeGateway;
import io.kuber.http.Headers;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Tree;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.ServiceAccountTokens;
import io.kuber.server.trust.SigningKey;
import io.kuber.server.trust.TestClients;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API server over TLS on the loopback address, with a store in memory, and its clients. */
public final class ServedApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ThreadLoops loops = new ThreadLoops();
  private final LocalStore store = new LocalStore();
  private final ClusterTrust trust;
  private final Tunnels tunnels;
  private final RequestChain chain;
  private final HttpServer http;
  private final HttpClient admin;

  /** Starts it; {@code pki} keeps its certificates. */
  public ServedApi(Path pki) throws Exception {
    this(pki, new NoNodes());
  }

  /** The same with pods that can be reached. */
  ServedApi(Path pki, NodeGateway gateway) throws Exception {
    trust = ClusterTrust.open(pki, List.of("127.0.0.1"), Instant.now());
    SigningKey key = SigningKey.open(pki);
    ServiceAccountTokens tokens =
        new ServiceAccountTokens(() -> key, store::image, loops.clock(), TokenIssuer.NAME);
    Access access = new Access(tokens, tokens, new AdministratorsOnly());
    WatchHub hub = WatchHub.of(store);
    Api api =
        new Api(
            store,
            hub,
            new CustomCatalogue(
                store, BuiltInKinds.catalogue(), new CustomKinds(ConversionReviews.NONE), hub::end),
            AdmissionChain.standard(loops),
            access,
            loops);
    tunnels = new Tunnels(gateway, loops.clock());
    ServerMetrics metrics = new ServerMetrics(Version.GIT_VERSION);
    Router router =
        new Router(
            api,
            new WatchStreams(loops),
            new ListStreams(loops),
            new PodStreams(api, store, tunnels),
            new Health(Map.of("store", Optional::empty), Map.of()),
            new TokenKeys(key::keySet, TokenIssuer.NAME),
            metrics,
            loops.clock());
    chain = RequestChain.of(loops, metrics, router::serves, access, router);
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(),
            List.of(trust.server().certificate()),
            List.of(trust.authority().certificate()));
    http =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls)
                .withErrors(new StatusErrors(loops.entropy()::uuid)),
            chain);
    admin = client().sslContext(TestClients.showing(trust, trust.admin())).build();
    post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
  }

  /** What the administrator gets for a request that takes no way over the network. */
  public Response direct(String method, String target, Headers headers, byte[] body)
      throws Exception {
    return begin(method, target, headers, body).await();
  }

  /** As {@link #direct}, for an answer that is awaited later. */
  RecordedExchange begin(String method, String target, Headers headers, byte[] body) {
    Peer peer =
        new Peer(
            InetSocketAddress.createUnresolved("localhost", 0),
            List.of(trust.admin().certificate()),
            Optional.empty(),
            true);
    Request request = new Request(method, target, headers, body, Protocol.HTTP_1_1, peer);
    RecordedExchange exchange =
        new RecordedExchange(request, new StatusErrors(loops.entropy()::uuid));
    chain.handle(exchange);
    return exchange;
  }

  /** What the server trusts and shows. */
  public ClusterTrust trust() {
    return trust;
  }

  /** A client without TLS settings. */
  public HttpClient.Builder client() {
    return HttpClient.newBuilder();
  }

  /** Where its objects are. */
  LocalStore store() {
    return store;
  }

  /** The administrator. */
  HttpClient admin() {
    return admin;
  }

  /** A request for a path. */
  public HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + http.port() + path))
        .timeout(PATIENCE);
  }

  /** Gets a path as the administrator; headers are names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = at(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  /** Posts JSON as the administrator. */
  public HttpResponse<String> post(String path, String json) {
    return send(
        at(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Sends as the administrator. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    return send(admin, request);
  }

  /** Sends as somebody. */
  public static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of an answer. */
  public static Tree tree(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(UTF_8));
  }

  @Override
  public void close() {
    tunnels.close();
    http.close();
    store.close();
    loops.close();
  }
}
