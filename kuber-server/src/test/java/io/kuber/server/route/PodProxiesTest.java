package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.tunnel.LocalGateway;
import io.kuber.store.Command;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web server in a pod, as seen through the API server. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
final class PodProxiesTest {
  private static final String NAMESPACE = "/api/v1/namespaces/default/";

  private ServedApi api;
  private HttpServer web;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki, new LocalGateway());
    web = HttpServer.start(HttpServerConfig.plain(0), PodProxiesTest::answer);
    Tree labels = Tree.of("kubernetes.io/service-name", "web");
    store(
        Resources.PODS,
        Resources.PODS
            .object("default", "web")
            .with(Tree.of("nodeName", "node"), "spec")
            .with(Tree.of("podIP", "10.0.0.7"), "status"));
    store(Resources.SERVICES, service("web", 80));
    store(Resources.SERVICES, service("lonely", 80));
    store(
        Resources.ENDPOINT_SLICES,
        Resources.ENDPOINT_SLICES
            .object("default", "web-1")
            .with(labels, "metadata", "labels")
            .with(Items.of(Tree.of("name", "http", "port", (long) web.port())), "ports")
            .with(Items.of(endpoint()), "endpoints"));
  }

  @AfterAll
  void stop() {
    web.close();
    api.close();
  }

  private void store(ResourceType type, KubeObject object) {
    api.store()
        .submit(
            new Command.Put(
                type.key("default", object.name()), Command.ABSENT, Json.print(object.tree())));
  }

  private static KubeObject service(String name, long port) {
    Tree only = Tree.of("name", "http", "port", port);
    return Resources.SERVICES
        .object("default", name)
        .with(Tree.of("ports", Items.of(only)), "spec");
  }

  private static Tree endpoint() {
    return Tree.of(
        "addresses", Items.of("10.0.0.7"),
        "conditions", Tree.of("ready", true),
        "nodeName", "node",
        "targetRef", Tree.of("kind", "Pod", "name", "web", "uid", "u"));
  }

  /** Says what it was asked, or does what the path says. */
  private static void answer(Exchange exchange) {
    Headers headers = exchange.request().headers();
    switch (exchange.request().path()) {
      case "/moved" ->
          exchange.respond(new Response(302, Headers.of("Location", "/there"), new byte[0]));
      case "/broken" -> {
        var stream = exchange.stream(200, Headers.EMPTY);
        stream.write("part".getBytes(UTF_8));
        stream.abort();
      }
      default ->
          exchange.respond(
              Response.text(
                  200,
                  "%s %s as %s for %s by %s %s"
                      .formatted(
                          exchange.request().method(),
                          exchange.request().target(),
                          headers.first("Host").orElse(""),
                          headers.first("X-Forwarded-Uri").orElse(""),
                          headers.first("Authorization").orElse("nobody"),
                          new String(exchange.request().body(), UTF_8))));
    }
  }

  private String pod() {
    return NAMESPACE + "pods/web:" + web.port() + "/proxy";
  }

  @Test
  void passesARequestOnWithoutCredentials() {
    HttpResponse<String> answer = api.get(pod() + "/a%2Fb?x=1", "Authorization", "Bearer secret");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "GET /a%%2Fb?x=1 as 10.0.0.7:%d for %s/a%%2Fb by nobody ".formatted(web.port(), pod()));
    assertThat(answer.headers().firstValue("Audit-Id")).isPresent();
  }

  @Test
  void passesBodiesOn() {
    HttpResponse<String> answer =
        api.send(api.at(pod() + "/form").POST(BodyPublishers.ofString("body")));
    assertThat(answer.body()).startsWith("POST /form as").endsWith(" body");
  }

  @Test
  void findsThePodBehindAServiceByNameAndNumberOfThePort() {
    for (String name : new String[] {"web:http", "web:80", "http:web:http"}) {
      assertThat(api.get(NAMESPACE + "services/" + name + "/proxy/it").body())
          .as(name)
          .startsWith("GET /it as 10.0.0.7:" + web.port());
    }
  }

  @Test
  void keepsPlacesOfThePodBelowItsPath() {
    HttpResponse<String> answer = api.get(pod() + "/moved");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains(pod() + "/there");
  }

  @Test
  void leadsToTheRootOfThePod() {
    HttpResponse<String> answer = api.get(pod() + "?x=1");
    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("Location")).contains(pod() + "/?x=1");
  }

  @Test
  void breaksOffWhereThePodDoes() {
    assertThat(catchThrowable(() -> api.get(pod() + "/broken")))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void saysWhyItCannotPassOn() {
    assertThat(message(NAMESPACE + "pods/web:1/proxy/"))
        .startsWith("503 error trying to reach service: ");
    assertThat(message(NAMESPACE + "services/lonely:http/proxy/"))
        .isEqualTo("503 no endpoints available for service \"lonely\"");
    assertThat(message(NAMESPACE + "services/web:81/proxy/"))
        .isEqualTo("503 no service port 81 found for service \"web\"");
    assertThat(message(NAMESPACE + "services/nobody:80/proxy/"))
        .isEqualTo("404 services \"nobody\" not found");
    assertThat(message(NAMESPACE + "services/https:web:80/proxy/"))
        .isEqualTo("400 invalid service request \"https:web:80\"");
  }

  private String message(String path) {
    HttpResponse<String> answer = api.get(path);
    return answer.statusCode() + " " + ServedApi.tree(answer).text("message");
  }
}
