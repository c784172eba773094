package io.kuber.node.image.registry;

import io.kuber.node.image.registry.SourceException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One repository of a registry that takes images (opencontainers/distribution-spec, "Push"). Blobs
 * go in one piece each. Belongs to one thread; methods block.
 */
public final class PushTarget {
  private static final int LARGEST_REFUSAL = 64 << 10;
  private static final int ATTEMPTS = 3;
  private static final BodyPublisher NOTHING = BodyPublishers.noBody();

  private final RegistryHttp http;
  private final URI base;
  private final String repository;
  private final Authorizations authorizations;
  private String authorization = "";

  PushTarget(RegistryHttp http, URI base, String repository, Optional<Credentials> credentials) {
    this.http = http;
    this.base = base;
    this.repository = repository;
    this.authorizations = new Authorizations(http, credentials, repository);
  }

  /** What is sent; made anew for each attempt. */
  @FunctionalInterface
  private interface Body {
    BodyPublisher make() throws IOException;
  }

  private URI uri(String path) {
    return base.resolve("/v2/" + repository + "/" + path);
  }

  /** Whether the repository has a blob. */
  public boolean has(Digest blob) throws IOException {
    int status =
        ask("HEAD", uri("blobs/" + blob), Map.of(), () -> NOTHING, 0, 200, 404, 307).statusCode();
    return status != 404;
  }

  /** Has the registry take a blob from another of its repositories; false when it does not. */
  public boolean mount(Digest blob, String from) throws IOException {
    URI where = uri("blobs/uploads/?mount=" + blob + "&from=" + from);
    return ask("POST", where, Map.of(), () -> NOTHING, 0, 201, 202, 404).statusCode() == 201;
  }

  /**
   * Sends a blob.
   *
   * @param progress is told how many bytes went
   */
  public void upload(Path file, Digest blob, LongConsumer progress) throws IOException {
    send(blob, Files.size(file), () -> publisher(file, progress));
  }

  /** Sends a blob that is in memory. */
  public void upload(byte[] bytes, Digest blob) throws IOException {
    send(blob, bytes.length, () -> BodyPublishers.ofByteArray(bytes));
  }

  private void send(Digest blob, long size, Body body) throws IOException {
    HttpResponse<InputStream> begun =
        ask("POST", uri("blobs/uploads/"), Map.of(), () -> NOTHING, 0, 202);
    URI place = location(begun, blob);
    Map<String, String> headers = Map.of("Content-Type", "application/octet-stream");
    ask("PUT", place, headers, body, size, 201);
  }

  /** Where to upload; credentials must not go elsewhere because a registry says so. */
  private URI location(HttpResponse<?> answer, Digest blob) throws IOException {
    String text = answer.headers().firstValue("Location").orElse("");
    try {
      URI place = base.resolve(text);
      if (text.isEmpty() || !base.getAuthority().equals(place.getAuthority())) {
        throw new SourceException(
            Kind.WRONG, base.getAuthority() + " wants uploads at \"" + text + "\"");
      }
      // A registry behind a proxy may not know that it is asked over TLS.
      String query = place.getRawQuery() == null ? "" : place.getRawQuery() + "&";
      return base.resolve(place.getRawPath() + "?" + query + "digest=" + blob);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          Kind.WRONG, base.getAuthority() + " wants uploads at no address: " + text);
    }
  }

  private static BodyPublisher publisher(Path file, LongConsumer progress) throws IOException {
    long size = Files.size(file);
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> open(file, progress)), Math.max(size, 1));
  }

  private static InputStream open(Path file, LongConsumer progress) {
    try {
      return new FilterInputStream(Files.newInputStream(file)) {
        private long count;

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          int read = super.read(into, offset, length);
          count += Math.max(read, 0);
          progress.accept(count);
          return read;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a manifest under a tag. */
  public void manifest(String tag, String mediaType, byte[] bytes) throws IOException {
    Map<String, String> headers = Map.of("Content-Type", mediaType);
    Body body = () -> BodyPublishers.ofByteArray(bytes);
    ask("PUT", uri("manifests/" + tag), headers, body, bytes.length, 201);
  }

  private HttpResponse<InputStream> ask(
      String method, URI uri, Map<String, String> headers, Body body, long size, int... wanted)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      Map<String, String> sent = new LinkedHashMap<>(headers);
      if (!authorization.isEmpty()) {
        sent.put("Authorization", authorization);
      }
      HttpResponse<InputStream> answer = http.send(method, uri, sent, body.make(), size);
      byte[] said;
      try (InputStream in = new PatientStream(answer.body())) {
        said = in.readNBytes(LARGEST_REFUSAL);
      }
      for (int status : wanted) {
        if (answer.statusCode() == status) {
          return answer;
        }
      }
      if (answer.statusCode() != 401 || attempt == ATTEMPTS || !authorize(answer)) {
        throw Refusal.of(answer, said, base.getAuthority() + "/" + repository);
      }
    }
  }

  private boolean authorize(HttpResponse<?> refusal) throws IOException {
    for (String header : refusal.headers().allValues("WWW-Authenticate")) {
      Optional<Challenge> challenge = Challenge.parse(header);
      if (challenge.isPresent()) {
        Optional<String> answer = authorizations.answer(base, challenge.get());
        if (answer.isPresent() && !answer.get().equals(authorization)) {
          authorization = answer.get();
          return true;
        }
      }
    }
    return false;
  }
}
