package io.kuber.load;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;

/** One namespace of one server, seen through one connection. Belongs to one thread. */
final class Target {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int NOT_FOUND = 404;
  private static final int REFUSED = 300;

  private final HttpClient client;
  private final URI server;
  private final String token;
  private final String namespace;
  private final String payload;
  private final int page;
  private final boolean quota;

  /** Sends through {@code client}. */
  Target(HttpClient client, URI server, String token, String namespace, LoadOptions options) {
    this.client = client;
    this.server = server;
    this.token = token;
    this.namespace = namespace;
    this.payload = "x".repeat(options.bytes());
    this.page = options.objects();
    this.quota = options.quota();
  }

  /** A client that speaks TLS as the kubeconfig says. */
  static HttpClient client(Kubeconfig config, boolean http2) {
    return HttpClient.newBuilder()
        .sslContext(config.tls())
        .version(http2 ? Version.HTTP_2 : Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .build();
  }

  /** Makes the namespace, and the quota if there is to be one. */
  void open() {
    Tree body = Tree.of("metadata", Tree.of("name", namespace));
    require("the namespace", send(json("/api/v1/namespaces", body, "POST")));
    if (quota) {
      Tree much =
          Tree.of(
              "metadata",
              Tree.of("name", "much"),
              "spec",
              Tree.of("hard", Tree.of("configmaps", "1000000")));
      String quotas = "/api/v1/namespaces/" + namespace + "/resourcequotas";
      require("the quota", send(json(quotas, much, "POST")));
    }
  }

  /** Deletes the namespace and all that is in it. */
  void close() {
    int status = send(request("/api/v1/namespaces/" + namespace).DELETE());
    if (status != NOT_FOUND) {
      require("deleting the namespace", status);
    }
  }

  private void require(String what, int status) {
    if (status >= REFUSED) {
      throw new IllegalStateException(what + " was answered " + status + " by " + server);
    }
  }

  /** Creates an object; the status of the answer. */
  int create(String name) {
    return send(json(objects(), object(name), "POST"));
  }

  /** Replaces an object, whatever it is now. */
  int update(String name) {
    return send(json(objects() + "/" + name, object(name), "PUT"));
  }

  /** Reads an object. */
  int read(String name) {
    return send(request(objects() + "/" + name).GET());
  }

  /** Reads the first page of objects. */
  int list() {
    return send(request(objects() + "?limit=" + page).GET());
  }

  /** The lines of a watch of what happens from now on; they end when the server ends them. */
  Iterator<String> watch(Duration time) {
    String path = objects() + "?watch=true&timeoutSeconds=" + (time.toSeconds() + 1);
    try {
      return client.send(request(path).GET().build(), BodyHandlers.ofLines()).body().iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String objects() {
    return "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  private Tree object(String name) {
    Tree data = Tree.of("sent", Long.toString(System.nanoTime()), "payload", payload);
    return Tree.of(
        "apiVersion",
        "v1",
        "kind",
        "ConfigMap",
        "metadata",
        Tree.of("name", name, "labels", Tree.of("app", "load")),
        "data",
        data);
  }

  private HttpRequest.Builder json(String path, Tree body, String method) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(Json.print(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(TIMEOUT)
            .header("User-Agent", "kuber-load")
            .header("Accept", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** The status of the answer, whose body is read and thrown away. */
  private int send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
