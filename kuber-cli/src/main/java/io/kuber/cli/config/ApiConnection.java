package io.kuber.cli.config;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A connection to an API server over HTTPS, as any client of Kubernetes makes it. For any thread;
 * calls block.
 */
public final class ApiConnection {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Kubeconfig config;
  private final HttpClient http;

  /** A connection to the server that the kubeconfig names; nothing is sent yet. */
  public ApiConnection(Kubeconfig config) {
    this.config = config;
    this.http = HttpClient.newBuilder().sslContext(config.tls()).connectTimeout(TIMEOUT).build();
  }

  /** Reads the object at a path; throws {@link IOException} with the server's message. */
  public Tree get(String path) throws IOException, InterruptedException {
    return Json.parse(send(request(path).GET()).body());
  }

  /** Reads a path as text, such as a log. */
  public String text(String path) throws IOException, InterruptedException {
    return new String(send(request(path).GET()).body(), StandardCharsets.UTF_8);
  }

  /** Creates an object under the path of its collection. */
  public Tree create(String path, Tree object) throws IOException, InterruptedException {
    return Json.parse(send(json(path).POST(BodyPublishers.ofByteArray(Json.print(object)))).body());
  }

  /** Applies a merge patch to the object at a path. */
  public Tree patch(String path, Tree patch) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofByteArray(Json.print(patch)));
    return Json.parse(send(request).body());
  }

  /** Deletes the object at a path. */
  public void delete(String path) throws IOException, InterruptedException {
    send(request(path).DELETE());
  }

  /** Opens a WebSocket with a subprotocol. */
  public WebSocket webSocket(String path, String subprotocol, WebSocket.Listener listener) {
    URI uri = URI.create(config.server().toString().replaceFirst("^http", "ws") + path);
    return http.newWebSocketBuilder()
        .subprotocols(subprotocol)
        .connectTimeout(TIMEOUT)
        .buildAsync(uri, listener)
        .join();
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(config.server() + path))
        .timeout(TIMEOUT)
        .header("User-Agent", "kuber-cli");
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(
                  request.method(),
                  request.uri().getPath(),
                  response.statusCode(),
                  message(response.body())));
    }
    return response;
  }

  private static String message(byte[] body) {
    try {
      return Json.parse(body).text("message");
    } catch (MalformedException noStatus) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
