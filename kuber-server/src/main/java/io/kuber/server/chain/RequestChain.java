package io.kuber.server.chain;

import io.kuber.access.Access;
import io.kuber.access.Authorizer;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.Witness;
import io.kuber.http.Exchange;
import io.kuber.http.Handler;
import io.kuber.loop.Loops;
import io.kuber.server.audit.Audit;
import io.kuber.server.metric.ServerMetrics;
import java.util.List;
import java.util.function.Predicate;

/**
 * The links in the order in which they look at a request, and the handler behind them.
 *
 * <p>The order is that of k8s.io/apiserver (pkg/server/config.go): a request is named first, so
 * that every answer can be found in the log, and authorised last, when all is known about it.
 */
public final class RequestChain implements Handler {
  private final RequestHandler first;

  private RequestChain(List<Link> links, RequestHandler last) {
    RequestHandler next = last;
    for (int i = links.size() - 1; i >= 0; i--) {
      next = linked(links.get(i), next);
    }
    this.first = next;
  }

  /**
   * The chain of the API server in front of {@code handler}.
   *
   * @param isServed whether there is something at a path, so that it is worth a series of its own
   * @param access knows who is who, and who may do what
   * @param seating who waits for whom
   * @param witness is told of every request
   */
  public static RequestChain of(
      Loops loops,
      ServerMetrics metrics,
      Predicate<RequestPath> isServed,
      Access access,
      Seating seating,
      Witness witness,
      RequestHandler handler) {
    return of(
        loops, metrics, isServed, access, HeaderUsers.NONE, seating, witness, Audit.NONE, handler);
  }

  /**
   * The same behind proxies, and with an audit.
   *
   * @param proxied whom headers tell of
   * @param audit is closed by whoever made it
   */
  public static RequestChain of(
      Loops loops,
      ServerMetrics metrics,
      Predicate<RequestPath> isServed,
      Access access,
      HeaderUsers proxied,
      Seating seating,
      Witness witness,
      Audit audit,
      RequestHandler handler) {
    Link shown = Audited.around(new Authenticate(access, proxied), audit, loops.clock());
    return of(loops, metrics, isServed, shown, access.authorizer(), seating, witness, handler);
  }

  /** The same of which nobody is told. */
  public static RequestChain of(
      Loops loops,
      ServerMetrics metrics,
      Predicate<RequestPath> isServed,
      Access access,
      RequestHandler handler) {
    return of(loops, metrics, isServed, access, Seating.STANDARD, Witness.NOBODY, handler);
  }

  /** The same for requests which are known to be those of {@code user}, from within the process. */
  public static RequestChain of(
      Loops loops,
      ServerMetrics metrics,
      Predicate<RequestPath> isServed,
      User user,
      Access access,
      Witness witness,
      RequestHandler handler) {
    return of(loops, metrics, isServed, user, access, Seating.STANDARD, witness, handler);
  }

  /** The same where requests wait for each other as {@code seating} says. */
  public static RequestChain of(
      Loops loops,
      ServerMetrics metrics,
      Predicate<RequestPath> isServed,
      User user,
      Access access,
      Seating seating,
      Witness witness,
      RequestHandler handler) {
    Link known = (request, next) -> next.handle(request.withUser(user));
    return of(loops, metrics, isServed, known, access.authorizer(), seating, witness, handler);
  }

  private static RequestChain of(
      Loops loops,
      ServerMetrics metrics,
      Predicate<RequestPath> isServed,
      Link authenticate,
      Authorizer authorizer,
      Seating seating,
      Witness witness,
      RequestHandler handler) {
    return new RequestChain(
        List.of(
            new NameRequest(loops.entropy()::uuid),
            new Follow(witness, loops.clock()),
            new Measure(metrics, loops.clock(), isServed),
            new Deadline(loops.loop("deadlines")),
            authenticate,
            new Impersonate(authorizer),
            link(seating),
            new Authorize(authorizer)),
        handler);
  }

  private static Link link(Seating seating) {
    if (seating instanceof Seating.Fair fair) {
      return new Fairness(fair.flows(), fair.objects());
    }
    Seating.Limited limited = (Seating.Limited) seating;
    return new Throttle(limited.reads(), limited.writes());
  }

  @Override
  public void handle(Exchange exchange) {
    ServerRequest request = ServerRequest.of(exchange);
    try {
      first.handle(request);
    } catch (Exception e) {
      request.fail(e);
    }
  }

  private static RequestHandler linked(Link link, RequestHandler next) {
    return request -> {
      try {
        link.handle(request, next);
      } catch (ApiException refused) {
        request.fail(refused);
      }
    };
  }
}
