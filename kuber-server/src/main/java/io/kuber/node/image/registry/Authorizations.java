package io.kuber.node.image.registry;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers challenges of one registry with one set of credentials: Basic, or Bearer with a token
 * from the server that the registry names (distribution, docs/spec/auth/token.md).
 */
final class Authorizations {
  private static final int LARGEST_TOKEN = 1 << 20;

  private final RegistryHttp http;
  private final Optional<Credentials> credentials;
  private final String repository;

  Authorizations(RegistryHttp http, Optional<Credentials> credentials, String repository) {
    this.http = http;
    this.credentials = credentials;
    this.repository = repository;
  }

  /** The header that a challenge asks for; empty when there is nothing to answer it with. */
  Optional<String> answer(URI registry, Challenge challenge) throws IOException {
    return switch (challenge.scheme()) {
      case "basic" -> credentials.map(Credentials::basic);
      case "bearer" -> Optional.of("Bearer " + token(registry, challenge));
      default ->
          throw new SourceException(
              Kind.DENIED, registry.getHost() + " wants to see " + challenge.scheme());
    };
  }

  private String token(URI registry, Challenge challenge) throws IOException {
    URI server = server(registry, challenge);
    Map<String, String> headers = new LinkedHashMap<>();
    credentials.ifPresent(known -> headers.put("Authorization", known.basic()));
    HttpResponse<InputStream> answer = http.get(server, headers);
    try (InputStream body = new PatientStream(answer.body())) {
      byte[] bytes = body.readNBytes(LARGEST_TOKEN);
      if (answer.statusCode() != 200) {
        throw Refusal.of(answer, bytes, "failed to fetch a token from " + server.getAuthority());
      }
      Tree tree = Json.parse(bytes);
      String token = tree.text("token").isEmpty() ? tree.text("access_token") : tree.text("token");
      if (token.isEmpty()) {
        throw new SourceException(Kind.WRONG, server.getAuthority() + " gave no token");
      }
      return token;
    } catch (MalformedException e) {
      throw new SourceException(Kind.WRONG, server.getAuthority() + " gave no token: " + e);
    }
  }

  /** Who only wants to know whether he is known asks for nothing. */
  private String scope() {
    return repository.isEmpty() ? "" : "repository:" + repository + ":pull";
  }

  /** Credentials must not travel in the clear because a registry says so. */
  private URI server(URI registry, Challenge challenge) throws IOException {
    String scope = challenge.parameter("scope");
    String query =
        "service="
            + encoded(challenge.parameter("service"))
            + "&scope="
            + encoded(scope.isEmpty() ? scope() : scope);
    String realm = challenge.parameter("realm");
    try {
      URI server = URI.create(realm + (realm.indexOf('?') < 0 ? "?" : "&") + query);
      boolean secure = "https".equals(server.getScheme());
      boolean asInsecure = "http".equals(server.getScheme()) && "http".equals(registry.getScheme());
      if (server.getAuthority() == null || !(secure || asInsecure)) {
        throw new SourceException(Kind.WRONG, "the token server \"" + realm + "\" is not safe");
      }
      return server;
    } catch (IllegalArgumentException e) {
      throw new SourceException(Kind.WRONG, "the token server \"" + realm + "\" is no address");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
