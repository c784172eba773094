package io.kuber.client.remote;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One identity's connections to the API. When a server does not answer in time all watches there
 * end, since a connection that broke without a word is not heard of otherwise. For any thread.
 */
public final class ApiLine {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A little more than servers let a request take. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int FAILURE = 300;

  private final ApiServers servers;
  private final Supplier<SSLContext> tls;
  private final String authorization;
  private Connected now;

  /** The way to one server, until it breaks or another certificate is shown. */
  private static final class Connected {
    private final URI server;
    private final HttpClient http;
    private final Set<RemoteWatch> watches = new LinkedHashSet<>();

    Connected(URI server, SSLContext tls) {
      this.server = server;
      this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(CONNECT).build();
    }
  }

  /**
   * A line of who shows a certificate.
   *
   * @param tls shows it; asked whenever connections are made anew
   */
  public ApiLine(ApiServers servers, Supplier<SSLContext> tls) {
    this(servers, tls, "");
  }

  /**
   * The same for who shows a token.
   *
   * @param token goes with each request; empty without one
   */
  public ApiLine(ApiServers servers, Supplier<SSLContext> tls, String token) {
    this.servers = servers;
    this.tls = tls;
    this.authorization = token.isEmpty() ? "" : "Bearer " + token;
    this.now = new Connected(servers.current(), tls.get());
  }

  /** Shows what {@code tls} has now from the next request on; watches go on. */
  public synchronized void renew() {
    Connected next = new Connected(now.server, tls.get());
    next.watches.addAll(now.watches);
    now = next;
  }

  private synchronized Connected connected() {
    if (!now.server.equals(servers.current())) {
      now = new Connected(servers.current(), tls.get());
    }
    return now;
  }

  /** What a server answered; fails with {@link ApiException} alone. */
  CompletionStage<byte[]> ask(Function<URI, HttpRequest.Builder> request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    ask(request, servers.size(), answer);
    return answer;
  }

  private void ask(
      Function<URI, HttpRequest.Builder> request, int tries, CompletableFuture<byte[]> answer) {
    Connected used = connected();
    HttpRequest built = authorized(request.apply(used.server)).timeout(TIMEOUT).build();
    CompletionStage<HttpResponse<byte[]>> sent =
        used.http.sendAsync(built, BodyHandlers.ofByteArray());
    sent.whenComplete(
        (response, failure) -> {
          if (response == null) {
            failed(used, cause(failure), tries, request, answer);
          } else if (response.statusCode() >= FAILURE) {
            answer.completeExceptionally(Refusals.of(response.statusCode(), response.body()));
          } else {
            answer.complete(response.body());
          }
        });
  }

  private HttpRequest.Builder authorized(HttpRequest.Builder request) {
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  /**
   * What was certainly not sent is sent to another server; all else is for the caller to repeat.
   */
  private void failed(
      Connected used,
      Throwable cause,
      int tries,
      Function<URI, HttpRequest.Builder> request,
      CompletableFuture<byte[]> answer) {
    broke(used, cause);
    boolean unsent =
        cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    if (unsent && tries > 1) {
      ask(request, tries - 1, answer);
    } else {
      answer.completeExceptionally(unreachable(used.server, cause));
    }
  }

  static Throwable cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? new IOException("no answer") : cause;
  }

  private static ApiException unreachable(URI server, Throwable cause) {
    return new ApiException(
        StatusReason.SERVICE_UNAVAILABLE, server + " cannot be reached: " + words(cause));
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private void broke(Connected used, Throwable cause) {
    servers.leave(used.server);
    List<RemoteWatch> ended;
    synchronized (this) {
      ended = new ArrayList<>(used.watches);
      used.watches.clear();
      if (now == used) {
        now = new Connected(servers.current(), tls.get());
      }
    }
    ended.forEach(watch -> watch.broke(unreachable(used.server, cause)));
  }

  /** Begins a watch, whose lines go to it until it ends. */
  void watch(Function<URI, HttpRequest.Builder> request, RemoteWatch watch) {
    Connected used = connected();
    synchronized (this) {
      used.watches.add(watch);
    }
    CompletionStage<HttpResponse<@Nullable Void>> begun =
        used.http.sendAsync(authorized(request.apply(used.server)).build(), lines(watch));
    begun.whenComplete(
        (response, failure) -> {
          if (response == null && !watch.isOver()) {
            forget(watch);
            broke(used, cause(failure));
            watch.broke(unreachable(used.server, cause(failure)));
          }
        });
  }

  /** The watch is over. */
  synchronized void forget(RemoteWatch watch) {
    now.watches.remove(watch);
  }

  /** A refusal is one document, whatever its lines. */
  private static HttpResponse.BodyHandler<@Nullable Void> lines(RemoteWatch watch) {
    return head ->
        head.statusCode() < FAILURE
            ? HttpResponse.BodySubscribers.fromLineSubscriber((Flow.Subscriber<String>) watch)
            : HttpResponse.BodySubscribers.mapping(
                HttpResponse.BodySubscribers.ofByteArray(),
                body -> {
                  watch.broke(Refusals.of(head.statusCode(), body));
                  return null;
                });
  }
}
