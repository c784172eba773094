package io.kuber.server.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.Hashing;
import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authenticator;
import io.kuber.access.User;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks another server whose token it is, by TokenReview (apiserver,
 * plugin/pkg/authenticator/token/webhook). What it says is kept for a while under the hash of the
 * token; what it fails to say is not. For any thread, of which only a few wait at the same time:
 * while it hangs, all others who show a token that nobody else knows are refused at once.
 */
public final class WebhookTokens implements Authenticator {
  /** From the first packet to the last byte of an answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Requests that may wait for it, of the threads that serve all. */
  private static final int WAITING = 16;

  /** Answers that are kept; one is a few hundred bytes. */
  private static final int KEPT = 10_000;

  /** A token that is refused may be made good at any moment. */
  private static final Duration MAX_REFUSED = Duration.ofSeconds(10);

  private static final int MAX_BYTES = 1 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(WebhookTokens.class);

  private final WebhookTokenConfig config;
  private final WebhookFile target;
  private final InstantSource clock;
  private final Duration timeout;
  private final List<String> api;
  private final HttpClient http;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final Cache<String, Kept> cache = CacheBuilder.newBuilder().maximumSize(KEPT).build();

  private WebhookTokens(
      WebhookTokenConfig config,
      WebhookFile target,
      InstantSource clock,
      Duration timeout,
      List<String> api) {
    this.api = List.copyOf(api);
    this.config = config;
    this.target = target;
    this.clock = clock;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .sslContext(target.tls())
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private record Kept(Authentication answer, Instant end) {}

  /**
   * Asks the server of a file, which is not asked yet: it may run in this very cluster.
   *
   * @param api what the API server calls itself
   * @throws IOException when the file cannot be used
   */
  public static WebhookTokens of(WebhookTokenConfig config, InstantSource clock, List<String> api)
      throws IOException {
    return of(config, clock, TIMEOUT, api);
  }

  static WebhookTokens of(
      WebhookTokenConfig config, InstantSource clock, Duration timeout, List<String> api)
      throws IOException {
    return new WebhookTokens(config, WebhookFile.read(config.file()), clock, timeout, api);
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    String key =
        Hashing.sha256()
            .hashString(String.join("\n", audiences) + "\n\n" + token, UTF_8)
            .toString();
    Kept kept = cache.getIfPresent(key);
    if (kept != null && clock.instant().isBefore(kept.end)) {
      return kept.answer;
    }
    if (!waiting.tryAcquire()) {
      return new Refused("webhook: too many requests wait for it");
    }
    try {
      Authentication answer = judged(asked(token, audiences), audiences);
      cache.put(key, new Kept(answer, clock.instant().plus(timeToLive(answer))));
      return answer;
    } catch (IOException | MalformedException failed) {
      LOG.warn("the webhook {} does not say whose a token is: {}", target.server(), why(failed));
      return new Refused("webhook: " + why(failed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Refused("webhook: interrupted");
    } finally {
      waiting.release();
    }
  }

  private static String why(Exception failed) {
    return String.valueOf(failed.getMessage());
  }

  private Duration timeToLive(Authentication answer) {
    boolean isLong = answer instanceof Known || config.timeToLive().compareTo(MAX_REFUSED) < 0;
    return isLong ? config.timeToLive() : MAX_REFUSED;
  }

  private Tree asked(String token, List<String> audiences)
      throws IOException, InterruptedException {
    Tree review =
        Tree.of(
            "kind",
            "TokenReview",
            "apiVersion",
            "authentication.k8s.io/" + config.version(),
            "metadata",
            Tree.EMPTY,
            "spec",
            Tree.of("token", token, "audiences", Items.copyOf(audiences)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.server())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.print(review)));
    if (!target.token().isEmpty()) {
      request.header("Authorization", "Bearer " + target.token());
    }
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request.build(), head -> new LimitedBody(MAX_BYTES));
    try {
      HttpResponse<byte[]> answer = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("it answers with status " + answer.statusCode());
      }
      return Json.parse(answer.body());
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("it does not answer within " + timeout.toMillis() + " ms", e);
    }
  }

  private Authentication judged(Tree review, List<String> audiences) throws IOException {
    if (!review.text("kind").equals("TokenReview")
        || !review.text("apiVersion").equals("authentication.k8s.io/" + config.version())) {
      throw new IOException(
          "it answers with no TokenReview of authentication.k8s.io/" + config.version());
    }
    Tree status = review.tree("status");
    if (!status.isTrue("authenticated")) {
      return new Refused(status.text("error"));
    }
    String name = status.text("user", "username");
    if (name.isEmpty()) {
      throw new IOException("it answers that the token is good, and not whose it is");
    }
    List<String> good = audiences(status, audiences);
    return good.isEmpty()
        ? new Refused("webhook: the token is for somebody else")
        : new Known(user(status.tree("user")), good);
  }

  /** Whoever says nothing of audiences speaks of the API server. */
  private List<String> audiences(Tree status, List<String> asked) {
    List<String> said = status.items("audiences").texts();
    List<String> good = said.isEmpty() ? api : said;
    return asked.stream().filter(good::contains).toList();
  }

  private static User user(Tree told) {
    List<String> groups = new ArrayList<>(told.items("groups").texts());
    if (!groups.contains(User.AUTHENTICATED)) {
      groups.add(User.AUTHENTICATED);
    }
    Map<String, List<String>> extra = new LinkedHashMap<>();
    told.tree("extra")
        .forEach((key, values) -> extra.put(key, told.tree("extra").items(key).texts()));
    return new User(told.text("username"), told.text("uid"), groups, extra);
  }
}
