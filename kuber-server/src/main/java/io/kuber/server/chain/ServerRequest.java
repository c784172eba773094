package io.kuber.server.chain;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import java.util.List;
import java.util.Optional;

/**
 * A request on its way through the chain, with what the links found out about it.
 *
 * @param path what it addresses, when it is one for the resource API
 * @param auditId names the request in logs and in the answer
 * @param user who sends it; {@link #ANONYMOUS} until somebody is authenticated
 */
public record ServerRequest(
    Exchange exchange, Optional<RequestPath> path, String auditId, User user) {
  /** Nobody in particular. */
  public static final User ANONYMOUS =
      new User("system:anonymous", List.of("system:unauthenticated"));

  static ServerRequest of(Exchange exchange) {
    Request request = exchange.request();
    return new ServerRequest(exchange, RequestPath.of(request.segments()), "", ANONYMOUS);
  }

  ServerRequest withAuditId(String id) {
    return new ServerRequest(exchange, path, id, user);
  }

  ServerRequest withUser(User authenticated) {
    return new ServerRequest(exchange, path, auditId, authenticated);
  }

  /** The request as it came in. */
  public Request request() {
    return exchange.request();
  }

  /** Answers with the headers that every answer carries. */
  public void respond(Response response) {
    Response answer = response.with("Audit-Id", auditId);
    if (!response.headers().has("Cache-Control")) {
      answer = answer.with("Cache-Control", "no-cache, private");
    }
    exchange.respond(answer);
  }

  /** Begins an answer that is written bit by bit. */
  public ResponseStream stream(String contentType) {
    return stream(Headers.of("Content-Type", contentType));
  }

  /** The same with all headers but those that every answer carries. */
  public ResponseStream stream(Headers headers) {
    return exchange.stream(
        200, headers.plus("Audit-Id", auditId).plus("Cache-Control", "no-cache, private"));
  }

  /**
   * Answers with the Status of a failure, or cuts off the answer that has begun. What is no {@link
   * ApiException} is kuber's own fault.
   */
  public void fail(Throwable failure) {
    if (failure instanceof ApiException refused && !exchange.isAnswered()) {
      respond(StatusErrors.response(refused));
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
