package io.kuber.server.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.RawConnection;
import io.kuber.http.RawListener;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.trust.ServerTrust;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A small API server of another program, which has orders: {@code shop.example.com/v1}. It believes
 * those headers alone that come with a certificate of the front proxy's authority.
 */
public final class ExtensionServer implements AutoCloseable {
  private static final String ROOT = "/apis/shop.example.com/v1";

  private final ServerTrust trust;
  private final HttpServer server;
  private final Map<String, Tree> orders = new ConcurrentSkipListMap<>();
  private final List<ResponseStream> watches = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  /**
   * Listens on an address.
   *
   * @param host what its certificate says it is called
   * @param frontProxy PEM of who vouches for those who speak for others
   */
  public ExtensionServer(String host, String address, String frontProxy) throws Exception {
    trust = ServerTrust.create(host, List.of(address), Instant.now());
    X509Certificate authority =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(frontProxy.getBytes(UTF_8)));
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(), List.of(trust.server().certificate()), List.of(authority));
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(address, 0), tls), this::handle);
  }

  /** The port on which it listens. */
  public int port() {
    return server.port();
  }

  /** What an APIService says of its authority. */
  public String caBundle() {
    return Base64.getEncoder().encodeToString(trust.authority().certificatePem().getBytes(UTF_8));
  }

  /** The next request that came on behalf of somebody, but questions of the cluster itself. */
  Request next() throws InterruptedException {
    return requests.take();
  }

  private void handle(Exchange exchange) {
    Request request = exchange.request();
    boolean isProxy =
        request.peer().certificates().stream()
            .anyMatch(
                shown -> shown.getSubjectX500Principal().getName().equals("CN=front-proxy-client"));
    if (!isProxy) {
      exchange.respond(Response.text(401, "who are you?"));
      return;
    }
    if (!request.headers().first("X-Remote-User").orElse("").equals("system:kube-aggregator")) {
      requests.add(request);
    }
    answer(exchange, request);
  }

  private void answer(Exchange exchange, Request request) {
    if (request.upgrade().isPresent()) {
      exchange.acceptRaw(Headers.of("Upgrade", request.upgrade().get()), new Echo());
      return;
    }
    switch (request.path()) {
      case ROOT -> json(exchange, 200, resources());
      case "/openapi/v3" -> json(exchange, 200, index());
      case "/openapi/v3" + ROOT -> json(exchange, 200, description());
      case ROOT + "/away" ->
          exchange.respond(
              new Response(302, Headers.of("Location", "https://192.0.2.9/"), new byte[0]));
      case ROOT + "/never" -> {}
      default -> orders(exchange, request);
    }
  }

  private void orders(Exchange exchange, Request request) {
    String name = request.segments().get(request.segments().size() - 1);
    if (request.method().equals("POST")) {
      Tree order = Json.parse(request.body());
      orders.put(order.text("metadata", "name"), order);
      watches.forEach(watch -> watch.write(added(order)));
      json(exchange, 201, order);
    } else if (request.method().equals("DELETE") && name.equals("orders")) {
      orders.values().removeIf(order -> order.items("metadata", "finalizers").isEmpty());
      json(exchange, 200, list());
    } else if (request.query().isTrue("watch")) {
      ResponseStream watch = exchange.stream(200, Headers.of("Content-Type", "application/json"));
      orders.values().forEach(order -> watch.write(added(order)));
      watches.add(watch);
      watch.onClose(() -> watches.remove(watch));
    } else if (name.equals("orders")) {
      json(exchange, 200, list());
    } else {
      Tree order = orders.get(name);
      json(exchange, order == null ? 404 : 200, order == null ? missing(name) : order);
    }
  }

  private static void json(Exchange exchange, int status, Tree body) {
    exchange.respond(Response.of(status, "application/json", Json.print(body)));
  }

  private static byte[] added(Tree order) {
    String event = new String(Json.print(Tree.of("type", "ADDED", "object", order)), UTF_8);
    return (event + "\n").getBytes(UTF_8);
  }

  private Tree list() {
    return Tree.of(
        "kind",
        "OrderList",
        "apiVersion",
        "shop.example.com/v1",
        "metadata",
        Tree.of("resourceVersion", "1"),
        "items",
        Items.copyOf(orders.values()));
  }

  private static Tree missing(String name) {
    return Tree.of(
        "kind",
        "Status",
        "apiVersion",
        "v1",
        "status",
        "Failure",
        "reason",
        "NotFound",
        "message",
        "orders \"" + name + "\" not found",
        "code",
        404L);
  }

  private static Tree resources() {
    Tree orders =
        Tree.of(
            "name",
            "orders",
            "singularName",
            "order",
            "namespaced",
            true,
            "kind",
            "Order",
            "verbs",
            Items.of("create", "delete", "deletecollection", "get", "list", "watch"),
            "shortNames",
            Items.of("ord"));
    Tree status =
        Tree.of(
            "name",
            "orders/status",
            "singularName",
            "",
            "namespaced",
            true,
            "kind",
            "Order",
            "verbs",
            Items.of("get"));
    return Tree.of(
        "kind",
        "APIResourceList",
        "apiVersion",
        "v1",
        "groupVersion",
        "shop.example.com/v1",
        "resources",
        Items.of(orders, status));
  }

  private static Tree index() {
    return Tree.of(
        "paths",
        Tree.of(
            "apis/shop.example.com/v1",
            Tree.of("serverRelativeURL", "/openapi/v3" + ROOT + "?hash=1")));
  }

  private static Tree description() {
    Tree kind = Tree.of("group", "shop.example.com", "version", "v1", "kind", "Order");
    Tree schema =
        Tree.of(
            "description",
            "Order is what somebody wants to have.",
            "type",
            "object",
            "x-kubernetes-group-version-kind",
            Items.of(kind));
    Tree list =
        Tree.of(
            "get", Tree.of("x-kubernetes-action", "list", "x-kubernetes-group-version-kind", kind));
    return Tree.of(
        "openapi",
        "3.0.0",
        "info",
        Tree.of("title", "orders", "version", "1"),
        "paths",
        Tree.of(ROOT + "/namespaces/{namespace}/orders", list),
        "components",
        Tree.of("schemas", Tree.of("com.example.shop.v1.Order", schema)));
  }

  /** Says again what the other side says. */
  private static final class Echo implements RawListener {
    @Override
    public void onBytes(RawConnection connection, byte[] bytes) {
      connection.write(bytes);
    }

    @Override
    public void onClose() {}
  }

  @Override
  public void close() {
    server.close();
  }
}
