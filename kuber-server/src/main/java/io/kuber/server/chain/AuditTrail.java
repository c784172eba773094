package io.kuber.server.chain;

import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.ApiRequest.Body;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.server.audit.Asked;
import io.kuber.server.audit.Audit;
import io.kuber.server.audit.Event;
import io.kuber.server.audit.Level;
import io.kuber.server.audit.Plan;
import io.kuber.server.audit.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What an audit is told of one request, as it is found out, on whatever thread; who acts as whom,
 * what it is about and how it ended belong to the lock of this.
 */
final class AuditTrail implements Trace {
  private static final int FIRST_ERROR = 400;
  private static final Set<String> READS = Set.of("get", "list");

  private final Audit audit;
  private final Plan plan;
  private final Asked asked;
  private final ServerRequest request;
  private final Instant received;
  private final InstantSource clock;
  private final AtomicBoolean hasStarted = new AtomicBoolean();
  private final Map<String, String> annotations = new TreeMap<>();
  private AuditTarget target;
  private Optional<User> actsAs = Optional.empty();
  private @Nullable Object sent;
  private AuditedAnswer answer = AuditedAnswer.NONE;
  private Stage end = Stage.RESPONSE_COMPLETE;

  /** The trail of a request that is followed by others, too, as {@code request} says. */
  AuditTrail(
      Audit audit,
      Plan plan,
      Asked asked,
      ServerRequest request,
      Deed deed,
      Instant received,
      InstantSource clock) {
    this.audit = audit;
    this.plan = plan;
    this.asked = asked;
    this.request = request;
    this.received = received;
    this.clock = clock;
    this.target = deed instanceof OnResource on ? AuditTarget.of(on) : AuditTarget.NONE;
  }

  @Override
  public void isBy(User user) {
    request.trace().isBy(user);
    synchronized (this) {
      actsAs = Optional.of(user);
    }
  }

  @Override
  public void isAbout(String name) {
    request.trace().isAbout(name);
  }

  @Override
  public synchronized void carries(Body body) {
    request.trace().carries(body);
    if (body instanceof Body.Whole whole) {
      target = target.of(whole.object());
      sent = takesBodies() ? whole.object() : null;
    } else if (body instanceof Body.Patch patch) {
      sent = takesBodies() ? patch.patch() : null;
    }
  }

  @Override
  public void failed(Throwable failure) {
    request.trace().failed(failure);
    breaks(failure);
  }

  @Override
  public synchronized void note(String key, String value) {
    annotations.put(key, value);
  }

  @Override
  public boolean isTaken() {
    return true;
  }

  @Override
  public boolean takesBodies() {
    return plan.level().covers(Level.REQUEST);
  }

  /** The request is answered with a failure that may be the server's own. */
  synchronized void breaks(Throwable failure) {
    if (failure instanceof ApiException refused) {
      answer = answer.or(AuditedAnswer.of(refused));
    } else if (request.exchange().status() == 0) {
      end = Stage.PANIC;
      answer = AuditedAnswer.ofPanic(failure);
    }
  }

  /** The request is answered as a whole. */
  synchronized void answers(Response response) {
    boolean mayBeStatus = response.status() >= FIRST_ERROR || !READS.contains(asked.verb());
    answer = AuditedAnswer.of(response, takesAnswer() || mayBeStatus);
  }

  /** Whether the answer is told, too, which no endless one is. */
  boolean takesAnswer() {
    return plan.level().covers(Level.REQUEST_RESPONSE) && !request.isLongRunning();
  }

  /** A copy of an answer that is given bit by bit, which this will tell. */
  synchronized AnswerCopy copy(int status, Headers headers) {
    AnswerCopy copy = new AnswerCopy(headers);
    answer = AuditedAnswer.of(status, copy);
    return copy;
  }

  /** The head of the answer is out. */
  void started(int status) {
    if (request.isLongRunning() && hasStarted.compareAndSet(false, true)) {
      tell(Stage.RESPONSE_STARTED, status);
    }
  }

  /** Tells of a stage that is reached before there is an answer. */
  void tell(Stage stage) {
    tell(stage, 0);
  }

  /** Tells of somebody whose credentials do not hold. */
  void refused(ApiException refusal) {
    synchronized (this) {
      answer = AuditedAnswer.of(refusal);
    }
    tell(Stage.RESPONSE_STARTED, refusal.code());
  }

  /** The request is over. */
  void over() {
    int status = request.exchange().status();
    if (status == 0) {
      synchronized (this) {
        answer = AuditedAnswer.CLOSED_EARLY;
      }
    }
    started(status);
    tell(end(), status);
  }

  private synchronized Stage end() {
    return end;
  }

  private void tell(Stage stage, int status) {
    if (plan.tells(stage)) {
      audit.tell(event(stage, status));
    }
  }

  private synchronized Event event(Stage stage, int status) {
    Object body = sent;
    AuditedAnswer told = answer.with(status);
    Map<String, String> notes = new TreeMap<>(annotations);
    if (told.isCut()) {
      notes.put("audit.k8s.io/truncated", "true");
    }
    boolean isOver = stage == Stage.RESPONSE_COMPLETE || stage == Stage.PANIC;
    long bytes = (long) asked.uri().length() + request.request().body().length;
    return new Event(
        plan,
        stage,
        received,
        clock.instant(),
        asked,
        actsAs,
        target.tree(),
        () -> told.contents(body, isOver && takesAnswer()),
        bytes + told.bytes(),
        notes);
  }
}
