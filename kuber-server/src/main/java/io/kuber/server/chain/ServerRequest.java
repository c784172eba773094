package io.kuber.server.chain;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.Reheaded;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import java.util.Locale;
import java.util.Optional;

/**
 * A request on its way through the chain, with what the links found out about it.
 *
 * @param path what it addresses, when it is one for the resource API
 * @param user who sends it; {@link User#ANONYMOUS} until somebody is authenticated
 * @param trace is told what is found out
 * @param id with which the client, or the server, named it; empty before that
 */
public record ServerRequest(
    Exchange exchange, Optional<RequestPath> path, User user, Trace trace, String id) {
  /** A request that nobody follows. */
  public ServerRequest(Exchange exchange, Optional<RequestPath> path, User user) {
    this(exchange, path, user, Trace.NONE, "");
  }

  /** A request as it came in, of nobody yet. */
  public static ServerRequest of(Exchange exchange) {
    Request request = exchange.request();
    return new ServerRequest(exchange, RequestPath.of(request.segments()), User.ANONYMOUS);
  }

  ServerRequest withUser(User authenticated) {
    trace.isBy(authenticated);
    return new ServerRequest(exchange, path, authenticated, trace, id);
  }

  /** The request without headers that tell of users. */
  ServerRequest withoutUsersIn(HeaderUsers told) {
    Headers headers = request().headers();
    return told.isTold(headers) ? through(new Reheaded(exchange, told.stripped(headers))) : this;
  }

  ServerRequest withTrace(Trace follower) {
    return new ServerRequest(exchange, path, user, follower, id);
  }

  ServerRequest named(String given) {
    return new ServerRequest(exchange, path, user, trace, given);
  }

  /** The same, answered through another exchange. */
  ServerRequest through(Exchange other) {
    return new ServerRequest(other, path, user, trace, id);
  }

  /** The request as it came in. */
  public Request request() {
    return exchange.request();
  }

  /** Answers, compressed where that pays and the client takes it. */
  public void respond(Response response) {
    exchange.respond(Compression.of(this, response));
  }

  /** Begins an answer that is written bit by bit. */
  public ResponseStream stream(String contentType) {
    return stream(Headers.of("Content-Type", contentType));
  }

  /** The same with all headers but those that every answer carries. */
  public ResponseStream stream(Headers headers) {
    return exchange.stream(200, headers);
  }

  /** Answers with a failure unless there is an answer; a later one is in vain. */
  void expire(ApiException failure) {
    trace.failed(failure);
    exchange.expire(StatusErrors.response(this, failure));
  }

  /**
   * Answers with the Status of a failure, or cuts off the answer that has begun. What is no {@link
   * ApiException} is kuber's own fault.
   */
  public void fail(Throwable failure) {
    trace.failed(failure);
    if (failure instanceof ApiException refused && !exchange.isAnswered()) {
      respond(StatusErrors.response(this, refused));
    } else {
      exchange.fail(failure);
    }
  }

  /**
   * Whether changes are asked for: by the old prefix of the path, or by the parameter of a list. A
   * path that names an object is a plain read whatever its parameters say, as upstream has it.
   */
  public boolean isWatch() {
    return request().method().equals("GET")
        && path.isPresent()
        && (path.get().watch()
            || (path.get().name().isEmpty() && request().query().isTrue("watch")));
  }

  /**
   * The verb as authorisation and metrics name it (k8s.io/apiserver, pkg/endpoints/request); of
   * other paths than those of resources, the method in lower case.
   */
  public String verb() {
    String method = request().method();
    if (path.isEmpty() || path.get().resource().isEmpty()) {
      return method.toLowerCase(Locale.ROOT);
    }
    boolean one = !path.get().name().isEmpty();
    return switch (method) {
      case "GET", "HEAD" -> isWatch() ? "watch" : one ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> method.toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Whether the answer has no natural end: watches and streams, which no limit on concurrent
   * requests and no timeout applies to.
   */
  public boolean isLongRunning() {
    return isWatch()
        || path.stream()
            .map(RequestPath::subresource)
            .anyMatch(
                subresource ->
                    switch (subresource) {
                      case "exec", "attach", "portforward", "log", "proxy" -> true;
                      default -> false;
                    });
  }
}
