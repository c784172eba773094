package io.kuber.kuard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A kuard on a free loopback port and somebody who visits it. */
final class Visitor implements AutoCloseable {
  final BlockingQueue<Integer> exits = new ArrayBlockingQueue<>(8);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Kuard kuard;

  private Visitor(Settings settings) throws IOException {
    this.kuard = Kuard.start(settings, exits::add);
  }

  static Visitor of(String... flags) throws IOException {
    return of(Map.of(), flags);
  }

  static Visitor of(Map<String, String> environment, String... flags) throws IOException {
    List<String> args = new ArrayList<>(List.of("--address=127.0.0.1:0", "--tls-dir=/nowhere"));
    args.addAll(List.of(flags));
    return new Visitor(Settings.parse(args, environment));
  }

  String url(String path) {
    return "http://127.0.0.1:" + kuard.port() + path;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "", "*/*");
  }

  HttpResponse<String> page(String path) throws Exception {
    return send("GET", path, "", "text/html,*/*");
  }

  HttpResponse<String> put(String path, String body) throws Exception {
    return send("PUT", path, body, "*/*");
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body, "*/*");
  }

  HttpResponse<String> send(String method, String path, String body, String accept)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Accept", accept)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    kuard.close();
  }
}
