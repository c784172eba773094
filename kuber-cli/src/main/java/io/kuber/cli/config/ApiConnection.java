package io.kuber.cli.config;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection to an API server over HTTPS, as any client of Kubernetes makes it. For any thread;
 * calls block.
 */
public final class ApiConnection {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** A little more than servers let a request take. */
  private static final Duration LONG = Duration.ofSeconds(70);

  private static final int FAILURE = 300;
  private static final int MESSAGE_BYTES = 64 << 10;

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
    send(request(path).DELETE().timeout(LONG));
  }

  /**
   * Asks for something to be done at a path, which may take as long as servers let anything take.
   */
  public void post(String path) throws IOException, InterruptedException {
    send(request(path).POST(BodyPublishers.noBody()).timeout(LONG));
  }

  /** Copies what is at a path into a file, which is made. */
  public void download(String path, Path file) throws IOException, InterruptedException {
    HttpRequest request = request(path).GET().timeout(LONG).build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() >= FAILURE) {
        throw failure(request, response.statusCode(), body.readNBytes(MESSAGE_BYTES));
      }
      try (FileChannel out = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
        body.transferTo(Channels.newOutputStream(out));
        out.force(true);
      }
    }
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
    if (response.statusCode() >= FAILURE) {
      throw failure(request, response.statusCode(), response.body());
    }
    return response;
  }

  private static RefusedException failure(HttpRequest request, int status, byte[] body) {
    return new RefusedException(
        status,
        message(body),
        "%s %s answered %d: %s"
            .formatted(request.method(), request.uri().getPath(), status, message(body)));
  }

  /** The server answered, but not what was asked for. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String said;

    RefusedException(int status, String said, String message) {
      super(message);
      this.status = status;
      this.said = said;
    }

    /** The status code. */
    public int status() {
      return status;
    }

    /** The server's own words. */
    public String said() {
      return said;
    }
  }

  private static String message(byte[] body) {
    try {
      return Json.parse(body).text("message");
    } catch (MalformedException noStatus) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
