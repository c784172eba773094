package io.kuber.server.chain;

import io.kuber.fairness.Asked;
import io.kuber.fairness.Refusal;
import io.kuber.fairness.Width;
import io.kuber.http.Headers;
import io.kuber.http.Query;
import io.kuber.server.fairness.Entrant;
import io.kuber.server.fairness.Flows;
import io.kuber.server.fairness.Guest;
import io.kuber.server.fairness.Visit;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * Lets a request wait for seats in its priority level, and refuses it when there are none for it
 * (apiserver, pkg/server/filters/priority-and-fairness.go). Watches hold theirs until their answer
 * has begun; streams to pods take none, as upstream.
 */
final class Fairness implements Link {
  /** The part of its time that a request may spend waiting. */
  private static final int PART = 4;

  private final Flows flows;
  private final ToLongFunction<RequestPath> objects;

  /** {@code objects} tells how many there are where a path leads. */
  Fairness(Flows flows, ToLongFunction<RequestPath> objects) {
    this.flows = flows;
    this.objects = objects;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) {
    boolean isWatch = request.isWatch();
    if (request.isLongRunning() && !isWatch) {
      new Entry(request, next).enter();
      return;
    }
    Visit visit = flows.visit(asked(request));
    request.exchange().always(headers(visit));
    Guest guest = visit.guest(wide(request, isWatch, visit), new Entry(request, next));
    if (isWatch) {
      request.exchange().onAnswer(guest::leave);
    }
    request.exchange().onClose(guest::leave);
    Duration longest = isWatch ? Deadline.LONGEST : Deadline.limit(request);
    guest.arrive(longest.dividedBy(PART));
  }

  private static Headers headers(Visit visit) {
    return Headers.of(
        "X-Kubernetes-PF-FlowSchema-UID",
        visit.schemaUid(),
        "X-Kubernetes-PF-PriorityLevel-UID",
        visit.levelUid());
  }

  /** Upstream finds the namespace of a namespace in its own name. */
  private static Asked asked(ServerRequest request) {
    if (request.path().isEmpty() || request.path().get().resource().isEmpty()) {
      return new Asked(request.user(), request.verb(), "", "", "", Authorize.routed(request));
    }
    RequestPath path = request.path().get();
    boolean isNamespace = path.resource().equals("namespaces") && path.group().isEmpty();
    return new Asked(
        request.user(),
        request.verb(),
        path.group(),
        path.subresource().isEmpty() ? path.resource() : path.resource() + "/" + path.subresource(),
        isNamespace ? path.name() : path.namespace(),
        request.request().path());
  }

  private int wide(ServerRequest request, boolean isWatch, Visit visit) {
    if (request.path().isEmpty() || !(isWatch || request.verb().equals("list"))) {
      return 1;
    }
    Query query = request.request().query();
    String version = query.first("resourceVersion").orElse("");
    boolean isOne = query.first("fieldSelector").orElse("").startsWith("metadata.name=");
    if (isOne || (isWatch && !version.isEmpty() && !version.equals("0"))) {
      return 1;
    }
    long all = objects.applyAsLong(request.path().get());
    long page =
        query
            .first("limit")
            .filter(text -> text.matches("[1-9][0-9]{0,8}"))
            .map(Long::parseLong)
            .orElse(all);
    return Width.of(Math.min(all, page), visit.nominal());
  }

  /** A request that goes on once it has its seats. */
  private record Entry(ServerRequest request, RequestHandler next) implements Entrant {
    @Override
    public void enter() {
      try {
        next.handle(request);
      } catch (Exception e) {
        request.fail(e);
      }
    }

    @Override
    public void refused(Refusal why) {
      request.expire(StatusErrors.tooManyRequests("too many requests, please try again later"));
    }
  }
}
