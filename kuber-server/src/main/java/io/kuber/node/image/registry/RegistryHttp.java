package io.kuber.node.image.registry;

import io.kuber.node.image.registry.SourceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Asks over HTTP, follows redirects by hand, and does not wait for ever. */
public final class RegistryHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final long SLOWEST_BYTES_PER_SECOND = 64 << 10;
  private static final int MOST_REDIRECTS = 5;
  private static final String AUTHORIZATION = "Authorization";

  private final RegistryTrust trust;
  private final HttpClient usual = client().build();

  /** Of hosts that have authorities of their own. */
  private final Map<String, HttpClient> special = new ConcurrentHashMap<>();

  /** Asks hosts for which the JDK's authorities vouch, or those that {@code trust} knows. */
  RegistryHttp(RegistryTrust trust) {
    this.trust = trust;
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1);
  }

  private HttpClient clientOf(URI uri) throws IOException {
    HttpClient known = special.get(uri.getAuthority());
    if (known != null || !"https".equals(uri.getScheme())) {
      return known == null ? usual : known;
    }
    Optional<SSLContext> own = trust.of(uri.getAuthority());
    if (own.isEmpty()) {
      return usual;
    }
    HttpClient made = client().sslContext(own.get()).build();
    HttpClient earlier = special.putIfAbsent(uri.getAuthority(), made);
    return earlier == null ? made : earlier;
  }

  /**
   * Asks for something; the answer's body is the caller's to close.
   *
   * @param headers of which {@code Authorization} goes to this host alone
   */
  HttpResponse<InputStream> get(URI uri, Map<String, String> headers) throws IOException {
    URI at = uri;
    Map<String, String> sent = new LinkedHashMap<>(headers);
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpResponse<InputStream> answer = send(at, sent);
      String location = answer.headers().firstValue("Location").orElse("");
      if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
        return answer;
      }
      answer.body().close();
      URI next = next(at, location);
      if (!next.getAuthority().equals(at.getAuthority())) {
        sent.remove(AUTHORIZATION);
      }
      at = next;
    }
    throw new SourceException(Kind.WRONG, uri + " leads from one address to the next");
  }

  private static URI next(URI at, String location) throws IOException {
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new SourceException(Kind.WRONG, at + " leads to no address: " + location);
    }
    boolean http = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
    boolean loses = "https".equals(at.getScheme()) && !"https".equals(next.getScheme());
    if (!http || loses || next.getAuthority() == null) {
      throw new SourceException(Kind.WRONG, at + " leads to " + next + ", which is not safe");
    }
    return next;
  }

  private HttpResponse<InputStream> send(URI uri, Map<String, String> headers) throws IOException {
    return send("GET", uri, headers, BodyPublishers.noBody(), 0);
  }

  /**
   * Sends something to one address, without following where that leads.
   *
   * @param bytes of the body, which take their time
   */
  HttpResponse<InputStream> send(
      String method, URI uri, Map<String, String> headers, BodyPublisher body, long bytes)
      throws IOException {
    try {
      Duration patience = ANSWER_TIMEOUT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).timeout(patience).method(method, body);
      headers.forEach(request::header);
      request.header("User-Agent", "kuber");
      return clientOf(uri).send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking " + uri);
    } catch (IllegalArgumentException e) {
      throw new SourceException(Kind.WRONG, uri + " cannot be asked: " + e.getMessage());
    } catch (IOException e) {
      throw new IOException(
          method.charAt(0)
              + method.substring(1).toLowerCase(Locale.ROOT)
              + " \""
              + uri
              + "\": "
              + reason(e),
          e);
    }
  }

  /** The JDK's exceptions of connections often have no message. */
  private static String reason(IOException failure) {
    Throwable cause = failure;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
