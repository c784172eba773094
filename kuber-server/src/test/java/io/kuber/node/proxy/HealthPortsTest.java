package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthPortsTest {
  private final HealthPorts ports = new HealthPorts();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    ports.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> ask(int port) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
        BodyHandlers.ofString());
  }

  private static List<HealthCheck> web(int port, int backends) {
    return List.of(new HealthCheck("default", "web", port, backends));
  }

  @Test
  void tellBalancersHowManyBackendsTheNodeHas() throws Exception {
    int port = freePort();
    ports.report(web(port, 2), true);
    HttpResponse<String> answer = ask(port);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("X-Load-Balancing-Endpoint-Weight")).contains("2");
    assertThat(answer.body())
        .isEqualTo(
            """
            {
            \t"service": {
            \t\t"namespace": "default",
            \t\t"name": "web"
            \t},
            \t"localEndpoints": 2,
            \t"serviceProxyHealthy": true
            }""");
  }

  @Test
  void sendBalancersAwayWithoutBackendsOrRules() throws Exception {
    int port = freePort();
    ports.report(web(port, 0), true);
    assertThat(ask(port).statusCode()).isEqualTo(503);
    ports.report(web(port, 1), true);
    assertThat(ask(port).statusCode()).isEqualTo(200);
    ports.report(web(port, 1), false);
    HttpResponse<String> answer = ask(port);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"serviceProxyHealthy\": false");
  }

  @Test
  void endWithTheService() throws Exception {
    int port = freePort();
    ports.report(web(port, 1), true);
    assertThat(ask(port).statusCode()).isEqualTo(200);
    ports.report(List.of(), true);
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .build(),
                        BodyHandlers.discarding()))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void tryAgainWhenThePortWasTaken() throws Exception {
    int port;
    try (ServerSocket other = new ServerSocket(0)) {
      port = other.getLocalPort();
      ports.report(web(port, 1), true);
    }
    ports.report(web(port, 1), true);
    assertThat(ask(port).statusCode()).isEqualTo(200);
  }
}
