package io.kuber.node.image.registry;

import io.kuber.node.image.registry.SourceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One repository of a registry that speaks Docker's v2 protocol (opencontainers/distribution-spec).
 *
 * <p>The authorization that an answer asked for is kept for what is asked next; two threads that
 * ask for it at once both get one.
 */
final class Registry implements ImageSource {
  private static final int LARGEST_REFUSAL = 64 << 10;

  /** The first is refused for want of an authorization; a second may be for one that ran out. */
  private static final int ATTEMPTS = 3;

  private final RegistryHttp http;
  private final URI base;
  private final String repository;
  private final Authorizations authorizations;
  private volatile String authorization = "";

  /**
   * @param address scheme, host and port
   */
  Registry(RegistryHttp http, URI address, String repository, Optional<Credentials> credentials) {
    this.http = http;
    this.base = address;
    this.repository = repository;
    this.authorizations = new Authorizations(http, credentials, repository);
  }

  @Override
  public String place() {
    return base.getAuthority() + "/" + repository;
  }

  @Override
  public byte[] manifest(String version) throws IOException {
    HttpResponse<InputStream> answer = get("manifests/" + version, Manifest.ACCEPTED, 0);
    try (InputStream body = new PatientStream(answer.body())) {
      byte[] bytes = body.readNBytes(Manifest.MAX_BYTES + 1);
      if (bytes.length > Manifest.MAX_BYTES) {
        throw new SourceException(
            Kind.WRONG, place() + " gives a manifest of over " + Manifest.MAX_BYTES + " bytes");
      }
      checkDigest(answer, bytes);
      return bytes;
    }
  }

  private void checkDigest(HttpResponse<?> answer, byte[] bytes) throws IOException {
    String said = answer.headers().firstValue("Docker-Content-Digest").orElse("");
    try {
      if (!said.isEmpty() && !Digest.parse(said).isOf(bytes)) {
        throw new SourceException(
            Kind.WRONG, place() + " gives a manifest that is not the " + said + " that it names");
      }
    } catch (IllegalArgumentException e) {
      throw new SourceException(Kind.WRONG, place() + " gives a manifest and says " + said);
    }
  }

  @Override
  public Blob blob(Digest digest, long from) throws IOException {
    HttpResponse<InputStream> answer = get("blobs/" + digest, "*/*", from);
    String range = answer.headers().firstValue("Content-Range").orElse("");
    boolean partial = answer.statusCode() == 206 && range.startsWith("bytes " + from + "-");
    if (answer.statusCode() == 206 && !partial) {
      answer.body().close();
      throw new SourceException(Kind.WRONG, place() + " gives " + range + " of " + digest);
    }
    return new Blob(new PatientStream(answer.body()), partial ? from : 0);
  }

  /** Asks whether the registry takes the credentials; a {@link SourceException} when not. */
  void login() throws IOException {
    get(base.resolve("/v2/"), "*/*", 0).body().close();
  }

  private HttpResponse<InputStream> get(String path, String accept, long from) throws IOException {
    return get(base.resolve("/v2/" + repository + "/" + path), accept, from);
  }

  private HttpResponse<InputStream> get(URI uri, String accept, long from) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String used = authorization;
      HttpResponse<InputStream> answer = http.get(uri, headers(accept, from, used));
      if (answer.statusCode() == 200 || answer.statusCode() == 206) {
        return answer;
      }
      byte[] reason = reason(answer);
      if (answer.statusCode() != 401 || attempt == ATTEMPTS || !authorize(answer)) {
        throw Refusal.of(answer, reason, place(uri));
      }
    }
  }

  private String place(URI uri) {
    return base.getAuthority() + uri.getPath().substring("/v2".length());
  }

  private static byte[] reason(HttpResponse<InputStream> answer) {
    try (InputStream body = new PatientStream(answer.body())) {
      return body.readNBytes(LARGEST_REFUSAL);
    } catch (IOException e) {
      // The status says enough.
      return new byte[0];
    }
  }

  private static Map<String, String> headers(String accept, long from, String authorization) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", accept);
    if (from > 0) {
      headers.put("Range", "bytes=" + from + "-");
    }
    if (!authorization.isEmpty()) {
      headers.put("Authorization", authorization);
    }
    return headers;
  }

  /** Whether there is an authorization now that may do. */
  private boolean authorize(HttpResponse<?> refusal) throws IOException {
    for (String header : refusal.headers().allValues("WWW-Authenticate")) {
      Optional<Challenge> challenge = Challenge.parse(header);
      if (challenge.isPresent()) {
        Optional<String> answer = authorizations.answer(base, challenge.get());
        if (answer.isPresent()) {
          authorization = answer.get();
          return true;
        }
      }
    }
    return false;
  }
}
