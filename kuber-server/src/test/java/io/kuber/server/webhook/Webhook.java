package io.kuber.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.trust.ClusterTrust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** A webhook over HTTPS with a certificate of an authority of its own. */
public final class Webhook implements AutoCloseable {
  private final ClusterTrust trust;
  private final HttpServer server;

  /** A webhook for {@code 127.0.0.1} and the service {@code default/kubernetes}. */
  public Webhook(Path pki, Handler handler) throws Exception {
    trust = ClusterTrust.open(pki, List.of("127.0.0.1"), Instant.now());
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(),
            List.of(trust.server().certificate()),
            List.of(trust.authority().certificate()));
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls),
            handler);
  }

  /** Converts each object by {@code change}, and says so as version {@code version} does. */
  public static Handler converting(String version, UnaryOperator<Tree> change) {
    return exchange -> {
      Tree request = Json.parse(exchange.request().body()).tree("request");
      Object[] converted =
          request.items("objects").trees().stream()
              .map(change)
              .map(object -> object.with("apiVersion", request.text("desiredAPIVersion")))
              .toArray();
      Tree response =
          Tree.of(
              "uid",
              request.text("uid"),
              "result",
              Tree.of("status", "Success"),
              "convertedObjects",
              Items.of(converted));
      Tree review =
          Tree.of(
              "kind",
              "ConversionReview",
              "apiVersion",
              "apiextensions.k8s.io/" + version,
              "response",
              response);
      exchange.respond(Response.of(200, "application/json", Json.print(review)));
    };
  }

  /** Where it listens. */
  public String url() {
    return "https://127.0.0.1:" + server.port() + "/convert";
  }

  int port() {
    return server.port();
  }

  String authority() {
    return trust.authority().certificatePem();
  }

  /** What a definition says of the authority. */
  public String caBundle() {
    return Base64.getEncoder().encodeToString(authority().getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
