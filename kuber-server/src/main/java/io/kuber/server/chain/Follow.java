package io.kuber.server.chain;

import io.kuber.access.User;
import io.kuber.api.Answered;
import io.kuber.api.Witness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a witness of each request: of most when they are over, of those without a natural end as
 * soon as their answer has begun.
 */
final class Follow implements Link {
  private final Witness witness;
  private final InstantSource clock;

  Follow(Witness witness, InstantSource clock) {
    this.witness = witness;
    this.clock = clock;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    if (witness == Witness.NOBODY) {
      next.handle(request);
      return;
    }
    Steps steps = new Steps(request, clock.instant());
    request.exchange().onClose(() -> tell(steps));
    next.handle(request.withTrace(steps));
    if (request.isLongRunning() && request.exchange().isAnswered()) {
      tell(steps);
    }
  }

  private void tell(Steps steps) {
    if (steps.told.compareAndSet(false, true)) {
      witness.answered(steps.answered(clock.instant()));
    }
  }

  /** What is known of one request so far; each field is written by whoever finds it out. */
  private static final class Steps implements Trace {
    private final ServerRequest request;
    private final Instant at;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile String user = User.ANONYMOUS.name();
    private volatile String name = "";
    private volatile String problem = "";

    Steps(ServerRequest request, Instant at) {
      this.request = request;
      this.at = at;
    }

    @Override
    public void isBy(User known) {
      user = known.name();
    }

    @Override
    public void isAbout(String target) {
      name = target;
    }

    @Override
    public void failed(Throwable failure) {
      problem = String.valueOf(failure.getMessage());
    }

    Answered answered(Instant now) {
      Optional<RequestPath> path = request.path().filter(known -> !known.resource().isEmpty());
      return new Answered(
          at,
          Duration.between(at, now),
          request.verb(),
          path.map(Steps::resource).orElse(""),
          path.map(RequestPath::subresource).orElse(""),
          path.map(RequestPath::namespace).orElse(""),
          path.map(known -> known.name().isEmpty() ? name : known.name())
              .orElseGet(() -> "/" + String.join("/", request.request().segments())),
          user,
          request.request().headers().joined("User-Agent"),
          request.request().query().has("dryRun"),
          request.exchange().status(),
          problem);
    }

    private static String resource(RequestPath path) {
      return path.group().isEmpty() ? path.resource() : path.resource() + "." + path.group();
    }
  }
}
