package io.kuber.testkit.webhook;

import io.kuber.http.Exchange;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.server.trust.ServerTrust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A port of this machine at which webhooks answer over HTTPS. For any thread. */
final class HttpsWebhooks implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  private final Map<String, UnaryOperator<Tree>> webhooks = new ConcurrentHashMap<>();
  private final String caBundle;
  private final HttpServer server;

  private HttpsWebhooks(ServerTrust shown) throws Exception {
    TlsConfig tls =
        new TlsConfig(
            shown.server().key(),
            List.of(shown.server().certificate()),
            List.of(shown.authority().certificate()));
    caBundle =
        Base64.getEncoder()
            .encodeToString(shown.authority().certificatePem().getBytes(StandardCharsets.UTF_8));
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(InetAddress.getByName(ADDRESS), 0), tls),
            this::answer);
  }

  /** Opens the port, and shows a certificate that is made now by the clock of the cluster. */
  static HttpsWebhooks start(Instant now) throws Exception {
    return new HttpsWebhooks(ServerTrust.create("webhooks.kuber.io", List.of(ADDRESS), now));
  }

  Endpoint add(String name, UnaryOperator<Tree> webhook) {
    webhooks.put("/" + name, webhook);
    return new Endpoint(
        URI.create("https://" + ADDRESS + ":" + server.port() + "/" + name), caBundle);
  }

  private void answer(Exchange exchange) {
    UnaryOperator<Tree> webhook = webhooks.get(exchange.request().path());
    if (webhook == null) {
      exchange.respond(Response.text(404, "no webhook is at " + exchange.request().path()));
      return;
    }
    try {
      Tree answer = webhook.apply(Json.parse(exchange.request().body()));
      exchange.respond(Response.of(200, "application/json", Json.print(answer)));
    } catch (MalformedException noReview) {
      exchange.respond(Response.text(400, String.valueOf(noReview.getMessage())));
    } catch (RuntimeException failed) {
      exchange.respond(Response.text(500, failed.toString()));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
