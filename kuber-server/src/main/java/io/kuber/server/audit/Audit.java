package io.kuber.server.audit;

import io.kuber.access.Deed;
import io.kuber.access.User;
import io.kuber.json.Json;
import io.kuber.loop.Loop;
import io.kuber.server.metric.AuditMetrics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit of a server: says what is wanted of each request, and takes events to where they go.
 *
 * <p>For any thread. Events wait in a bounded line for a loop of their own, which prints and writes
 * them; one that finds no room is counted and lost, as upstream's backends lose it in batch mode.
 */
public final class Audit implements AutoCloseable {
  /** Tells nothing, at no cost. */
  public static final Audit NONE = new Audit();

  /** Events that may wait; upstream's default for buffers. */
  private static final int MAX_WAITING = 10_000;

  /** Bytes that the bodies of waiting events may hold. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  /** Events that are written before others get their turn on the loop. */
  private static final int MAX_AT_ONCE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final Policy policy;
  private final List<Backend> backends;
  private final Optional<Loop> loop;
  private final AuditMetrics metrics;
  private final Backlog<Event> waiting = new Backlog<>(MAX_WAITING, MAX_WAITING_BYTES);
  private final AtomicBoolean isDue = new AtomicBoolean();
  private volatile boolean closed;

  private Audit() {
    this.policy = new Policy(List.of(), new Plan(Level.NONE, Set.of(), false));
    this.backends = List.of();
    this.loop = Optional.empty();
    this.metrics = new AuditMetrics();
  }

  /**
   * An audit by a policy.
   *
   * @param loop of its own, on which backends write
   * @param metrics counts events and those that are lost
   */
  Audit(Policy policy, List<Backend> backends, Loop loop, AuditMetrics metrics) {
    this.policy = policy;
    this.backends = List.copyOf(backends);
    this.loop = Optional.of(loop);
    this.metrics = metrics;
  }

  /** Whether no request is told of. */
  public boolean isOff() {
    return loop.isEmpty();
  }

  /** What it counts. */
  public AuditMetrics metrics() {
    return metrics;
  }

  /** What is wanted of a request of that user for that deed. */
  public Plan plan(User user, Deed deed) {
    Plan plan = policy.plan(user, deed);
    if (!isOff()) {
      metrics.planned(plan.level().text());
    }
    return plan;
  }

  /** Takes an event, unless its plan leaves out its stage. */
  public void tell(Event event) {
    if (!event.plan().tells(event.stage()) || loop.isEmpty() || closed) {
      return;
    }
    metrics.told();
    if (!waiting.offer(event, event.bytes())) {
      metrics.lost("buffer", 1);
    } else if (isDue.compareAndSet(false, true)) {
      loop.get().execute(this::work);
    }
  }

  private void work() {
    write(MAX_AT_ONCE);
    isDue.set(false);
    if (waiting.size() > 0 && isDue.compareAndSet(false, true)) {
      loop.orElseThrow().execute(this::work);
    }
  }

  /** One at a time, so that lines do not get mixed when the audit is closed meanwhile. */
  private synchronized void write(int most) {
    for (int i = 0; i < most; i++) {
      Optional<Event> next = waiting.poll();
      if (next.isEmpty()) {
        return;
      }
      write(next.get());
    }
  }

  private void write(Event event) {
    byte[] line;
    try {
      line = Json.print(event.tree());
    } catch (RuntimeException e) {
      LOG.warn("the audit event {} cannot be printed", event.asked().id(), e);
      metrics.lost("printing", 1);
      return;
    }
    backends.forEach(backend -> backend.write(line));
  }

  /** Writes what waits; what is told from now on is lost. */
  @Override
  public synchronized void close() {
    closed = true;
    write(Integer.MAX_VALUE);
    backends.forEach(Backend::close);
  }
}
