package io.kuber.server.chain;

import io.kuber.access.User;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Refuses requests beyond a number at the same time, so that overload stays answerable: the plain
 * limits that hold where priority and fairness is off (apiserver, pkg/server/filters/
 * maxinflight.go). Administrators come in beyond them.
 */
final class Throttle implements Link {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private final Semaphore reads;
  private final Semaphore writes;

  /** So many of each; 0 for any number. */
  Throttle(int reads, int writes) {
    this.reads = new Semaphore(reads == 0 ? Integer.MAX_VALUE : reads);
    this.writes = new Semaphore(writes == 0 ? Integer.MAX_VALUE : writes);
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Semaphore places = READS.contains(request.verb()) ? reads : writes;
    if (request.isLongRunning()) {
      next.handle(request);
    } else if (places.tryAcquire()) {
      request.exchange().onClose(places::release);
      next.handle(request);
    } else if (request.user().groups().contains(User.MASTERS)) {
      next.handle(request);
    } else {
      throw StatusErrors.tooManyRequests("too many requests, please try again later");
    }
  }
}
