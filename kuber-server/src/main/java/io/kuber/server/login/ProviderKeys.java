package io.kuber.server.login;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Fetches the keys of an OpenID provider: what it says of itself leads to them (OpenID Connect
 * Discovery 1.0). Blocks; follows no redirects.
 */
final class ProviderKeys {
  private static final Duration CONNECTING = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 1 << 20;
  private static final int OK = 200;

  private final OpenIdIssuer issuer;
  private final HttpClient http;

  ProviderKeys(OpenIdIssuer issuer) {
    this.issuer = issuer;
    this.http =
        HttpClient.newBuilder()
            .sslContext(issuer.tls())
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The keys of now; the message of a failure says what to look at. */
  KeySet fetch() throws IOException, InterruptedException {
    String name = issuer.url().toString();
    URI discovery = issuer.discovery();
    Tree document = get(discovery);
    if (!document.text("issuer").equals(name)) {
      throw new IOException(
          discovery
              + " says that its issuer is \""
              + document.text("issuer")
              + "\", and is asked for \""
              + name
              + "\"; what names it has to be just that");
    }
    URI keys = secure(discovery, document.text("jwks_uri"));
    KeySet set = KeySet.of(get(keys));
    if (set.keys().isEmpty()) {
      throw new IOException(keys + " has no key that signs");
    }
    return set;
  }

  private static URI secure(URI discovery, String text) throws IOException {
    try {
      URI uri = URI.create(text);
      if ("https".equals(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(discovery + " has a jwks_uri that is no URL", e);
    }
    throw new IOException(discovery + " has a jwks_uri without https");
  }

  private Tree get(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != OK) {
        throw new IOException(uri + " answers " + answer.statusCode());
      }
      byte[] bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(uri + " sends more than " + MAX_BYTES + " bytes");
      }
      return Json.parse(bytes);
    } catch (MalformedException e) {
      throw new IOException(uri + " sends no JSON object", e);
    }
  }
}
