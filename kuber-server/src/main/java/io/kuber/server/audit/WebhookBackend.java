package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.loop.Loops;
import io.kuber.server.metric.AuditMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events in batches, one after the other: when a batch is full, or when its first event has
 * waited long enough. A batch that is not taken is tried again, and at last counted and lost.
 *
 * <p>Writing never waits. All else runs on a loop of its own under the lock of this, which {@link
 * #close} takes too.
 */
final class WebhookBackend implements Backend {
  /** As upstream names it in metrics. */
  static final String NAME = "webhook";

  /** How often a batch is tried; with the factor and the jitter, upstream's. */
  static final int TRIES = 5;

  private static final double FACTOR = 1.5;
  private static final double JITTER = 0.2;

  /** The longest that one try may take. */
  private static final Duration SENDING = Duration.ofSeconds(30);

  /** The longest that closing may take. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** Bytes of events that may wait, besides their number. */
  private static final long MAX_BYTES = 64L << 20;

  /** Bytes of one batch, unless one event has more. */
  private static final long MAX_BATCH_BYTES = 10L << 20;

  private static final byte[] HEAD =
      "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
          .getBytes(US_ASCII);
  private static final byte[] TAIL = "]}".getBytes(US_ASCII);

  private static final Logger LOG = LoggerFactory.getLogger(WebhookBackend.class);

  private final WebhookConfig config;
  private final Receiver receiver;
  private final Loop loop;
  private final Loops loops;
  private final Entropy entropy;
  private final AuditMetrics metrics;
  private final Backlog<byte[]> waiting;
  private final TokenBucket places;
  private final AtomicBoolean isPoked = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Timer patience;

  /** The batch that is being sent, or waits to be; empty for none. */
  private List<byte[]> underWay = List.of();

  private boolean closed;

  WebhookBackend(WebhookConfig config, Receiver receiver, Loops loops, AuditMetrics metrics) {
    this.config = config;
    this.receiver = receiver;
    this.loop = loops.loop("audit-webhook");
    this.loops = loops;
    this.entropy = loops.entropy();
    this.metrics = metrics;
    this.waiting = new Backlog<>(config.bufferSize(), MAX_BYTES);
    this.places = new TokenBucket(config.throttle(), loops.clock().instant());
    metrics.watch(NAME);
  }

  @Override
  public void write(byte[] event) {
    if (!waiting.offer(event, event.length)) {
      metrics.lost(NAME, 1);
    } else if (isPoked.compareAndSet(false, true)) {
      loop.execute(this::look);
    }
  }

  private void look() {
    isPoked.set(false);
    locked(this::next);
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      if (!closed) {
        work.run();
      }
    } finally {
      lock.unlock();
    }
  }

  private void next() {
    if (!underWay.isEmpty()) {
      return;
    }
    if (waiting.size() >= config.batchSize()) {
      begin();
    } else if (waiting.size() > 0 && patience == null) {
      patience = loop.schedule(config.maxWait(), () -> locked(this::overdue));
    }
  }

  private void overdue() {
    patience = null;
    if (underWay.isEmpty() && waiting.size() > 0) {
      begin();
    }
  }

  private void begin() {
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
    underWay = batch();
    Duration wait = places.take(loops.clock().instant());
    if (wait.isZero()) {
      attempt(1);
    } else {
      loop.schedule(wait, () -> locked(() -> attempt(1)));
    }
  }

  private List<byte[]> batch() {
    List<byte[]> batch = new ArrayList<>();
    long bytes = 0;
    while (batch.size() < config.batchSize() && bytes < MAX_BATCH_BYTES) {
      Optional<byte[]> event = waiting.poll();
      if (event.isEmpty()) {
        break;
      }
      batch.add(event.get());
      bytes += event.get().length;
    }
    return batch;
  }

  private void attempt(int number) {
    try {
      send(underWay, SENDING);
      done();
    } catch (Receiver.RefusedException refused) {
      lose(refused);
    } catch (IOException failed) {
      if (number < TRIES) {
        loop.schedule(backoff(number), () -> locked(() -> attempt(number + 1)));
      } else {
        lose(failed);
      }
    }
  }

  private Duration backoff(int number) {
    double plain = config.initialBackoff().toNanos() * Math.pow(FACTOR, number - 1);
    return Duration.ofNanos((long) (plain * (1 + JITTER * entropy.below(100) / 100)));
  }

  private void send(List<byte[]> batch, Duration limit) throws IOException {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.writeBytes(HEAD);
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        list.write(',');
      }
      list.writeBytes(batch.get(i));
    }
    list.writeBytes(TAIL);
    try {
      receiver.send(list.toByteArray(), limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void lose(IOException why) {
    LOG.error("{} audit events are lost: {}", underWay.size(), why.toString());
    metrics.lost(NAME, underWay.size());
    done();
  }

  private void done() {
    underWay = List.of();
    loop.execute(this::look);
  }

  /** Sends what waits, as far as the receiver takes it at once; what it does not is lost. */
  @Override
  public void close() {
    boolean mine = false;
    try {
      mine = lock.tryLock(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      if (mine) {
        closed = true;
        sendRest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      metrics.lost(NAME, (mine ? underWay.size() : 0) + waiting.size());
      if (mine) {
        lock.unlock();
      }
    }
  }

  private void sendRest() {
    Instant end = loops.clock().instant().plus(CLOSING);
    try {
      if (underWay.isEmpty()) {
        underWay = batch();
      }
      while (!underWay.isEmpty()) {
        Duration left = Duration.between(loops.clock().instant(), end);
        if (left.isNegative() || left.isZero()) {
          throw new IOException("the receiver is too slow");
        }
        send(underWay, left);
        underWay = batch();
      }
    } catch (IOException e) {
      LOG.error(
          "{} audit events are lost, since the server ends: {}",
          underWay.size() + waiting.size(),
          e.toString());
    }
  }
}
