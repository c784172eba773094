package io.kuber.server.audit;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** A receiver behind HTTP, as a kubeconfig describes it. Follows no redirects. */
final class HttpReceiver implements Receiver {
  private static final Duration CONNECTING = Duration.ofSeconds(30);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;

  private final URI server;
  private final String authorization;
  private final HttpClient http;

  private HttpReceiver(URI server, String authorization, HttpClient http) {
    this.server = server;
    this.authorization = authorization;
    this.http = http;
  }

  /** The receiver that a file describes; a failure names the field. */
  static HttpReceiver of(Path file) throws IOException {
    try {
      ReceiverFile config =
          ReceiverFile.of(Yaml.parse(Files.readAllBytes(file)), file.toAbsolutePath());
      HttpClient http =
          HttpClient.newBuilder()
              .sslContext(config.tls())
              .connectTimeout(CONNECTING)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      return new HttpReceiver(config.server(), config.authorization(), http);
    } catch (MalformedException | GeneralSecurityException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void send(byte[] events, Duration limit) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server)
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(events));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
    if (status >= SERVER_ERRORS || status == TOO_MANY_REQUESTS) {
      throw new IOException(server + " answers " + status);
    }
    if (status / 100 != 2) {
      throw new RefusedException(server + " answers " + status);
    }
  }
}
