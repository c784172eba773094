package io.kuber.server.chain;

import io.kuber.access.Deed;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.server.audit.Asked;
import io.kuber.server.audit.Audit;
import io.kuber.server.audit.Plan;
import io.kuber.server.audit.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells the audit of each request as soon as it is known who sends it, and of those who fail to
 * show it (k8s.io/apiserver, pkg/endpoints/filters/audit.go and authn_audit.go).
 */
final class Audited implements Link {
  private static final User NOBODY = new User("", List.of());

  private final Link authenticate;
  private final Audit audit;
  private final InstantSource clock;

  private Audited(Link authenticate, Audit audit, InstantSource clock) {
    this.authenticate = authenticate;
    this.audit = audit;
    this.clock = clock;
  }

  /** The link that finds out who sends a request, with an audit behind it, if there is one. */
  static Link around(Link authenticate, Audit audit, InstantSource clock) {
    return audit.isOff() ? authenticate : new Audited(authenticate, audit, clock);
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Instant received = clock.instant();
    try {
      authenticate.handle(request, known -> follow(known, received, next));
    } catch (ApiException refused) {
      trail(request, NOBODY, received).ifPresent(trail -> trail.refused(refused));
      throw refused;
    }
  }

  private void follow(ServerRequest request, Instant received, RequestHandler next)
      throws Exception {
    Optional<AuditTrail> wanted = trail(request, request.user(), received);
    if (wanted.isEmpty()) {
      next.handle(request);
      return;
    }
    AuditTrail trail = wanted.get();
    trail.tell(Stage.REQUEST_RECEIVED);
    request.exchange().onClose(trail::over);
    try {
      next.handle(request.through(new AuditedExchange(request.exchange(), trail)).withTrace(trail));
    } catch (Exception e) {
      trail.failed(e);
      throw e;
    }
  }

  private Optional<AuditTrail> trail(ServerRequest request, User user, Instant received) {
    Deed deed = Authorize.deed(request);
    Plan plan = audit.plan(user, deed);
    if (plan.isNothing()) {
      return Optional.empty();
    }
    Asked asked =
        new Asked(
            request.id(),
            request.request().target(),
            request.verb(),
            user,
            Origin.of(request.request()),
            request.request().headers().first("User-Agent").orElse(""));
    return Optional.of(new AuditTrail(audit, plan, asked, request, deed, received, clock));
  }
}
