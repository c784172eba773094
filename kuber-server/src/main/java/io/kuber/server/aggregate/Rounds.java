package io.kuber.server.aggregate;

import io.kuber.api.ApiException;
import io.kuber.loop.Loop;
import io.kuber.object.Items;
import io.kuber.server.aggregate.Question.Reply;
import io.kuber.server.tunnel.SessionThreads;
import io.kuber.store.Image;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the servers of all group versions in turn how they are: at once when something about one
 * changes, otherwise once in a while, and sooner after a failure.
 *
 * <p>All state belongs to one loop; what blocks is done by a few threads, so that servers which
 * hang wait for one another and nobody else for them.
 */
final class Rounds {
  private static final Duration CALM = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Servers that are asked at the same time. */
  private static final int THREADS = 8;

  private static final Reply UNHEARD =
      new Reply(Availability.failed("it was not asked yet"), Items.EMPTY, "");

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Loop loop;
  private final InstantSource clock;
  private final Question question;
  private final Supplier<Image> images;
  private final Consumer<Map<String, Reply>> heard;
  private final SessionThreads threads = new SessionThreads(THREADS);
  private final Map<String, Visit> visits = new TreeMap<>();
  private boolean isTimed;

  /** Tells {@code heard} what all servers said last, on the loop, whenever that has changed. */
  Rounds(
      Loop loop,
      InstantSource clock,
      Question question,
      Supplier<Image> images,
      Consumer<Map<String, Reply>> heard) {
    this.loop = loop;
    this.clock = clock;
    this.question = question;
    this.images = images;
    this.heard = heard;
  }

  /** What is known of one server, and when to ask it again. */
  private static final class Visit {
    Registration registration;
    Backends backends;
    Reply reply = UNHEARD;
    Duration pause = FIRST_PAUSE;
    Instant due = Instant.MIN;
    boolean isUnderWay;

    Visit(Registration registration, Backends backends) {
      this.registration = registration;
      this.backends = backends;
    }

    boolean isAbout(Registration other, Backends places) {
      return registration.leadsWhere(other) && backends.equals(places);
    }
  }

  /** Looks at what has changed or is due; on the loop. */
  void look(Registrations registrations) {
    Image image = images.get();
    visits.keySet().retainAll(registrations.elsewhere().keySet());
    registrations.elsewhere().forEach((name, to) -> look(name, to, Backends.of(to, image)));
    tell();
    if (!visits.isEmpty() && !isTimed) {
      isTimed = true;
      loop.schedule(FIRST_PAUSE, this::turn);
    }
  }

  private void turn() {
    isTimed = false;
    visits.forEach((name, visit) -> look(name, visit.registration, visit.backends));
    if (!visits.isEmpty()) {
      isTimed = true;
      loop.schedule(FIRST_PAUSE, this::turn);
    }
  }

  private void look(String name, Registration to, Backends backends) {
    Visit visit = visits.get(name);
    if (visit == null || !visit.isAbout(to, backends)) {
      Reply before = visit == null ? UNHEARD : visit.reply;
      visit = new Visit(to, backends);
      visit.reply = before;
      visits.put(name, visit);
    }
    visit.registration = to;
    if (backends.missing().isPresent()) {
      visit.reply =
          new Reply(backends.missing().get(), visit.reply.resources(), visit.reply.openApi());
    } else if (!visit.isUnderWay && !clock.instant().isBefore(visit.due)) {
      begin(name, visit);
    }
  }

  private void begin(String name, Visit visit) {
    Registration to = visit.registration;
    List<Backends.Place> places = visit.backends.places();
    Reply before = visit.reply;
    try {
      threads.run(
          () -> {
            Reply reply = question.ask(to, places, before);
            loop.execute(() -> end(name, visit, reply));
          });
      visit.isUnderWay = true;
    } catch (ApiException allAreBusy) {
      LOG.debug("{} is asked a little later", name);
    }
  }

  private void end(String name, Visit visit, Reply reply) {
    visit.isUnderWay = false;
    boolean isWell = reply.availability().isAvailable();
    visit.due = clock.instant().plus(isWell ? CALM : visit.pause);
    visit.pause = isWell ? FIRST_PAUSE : longer(visit.pause);
    if (visits.get(name) == visit) {
      note(name, visit.reply, reply);
      visit.reply = reply;
      tell();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(CALM) < 0 ? twice : CALM;
  }

  private static void note(String name, Reply before, Reply now) {
    if (before.availability().isAvailable() != now.availability().isAvailable()) {
      LOG.info(
          "the server of {} is {}: {}",
          name,
          now.availability().isAvailable() ? "available" : "not available",
          now.availability().message());
    }
  }

  private void tell() {
    Map<String, Reply> replies = new TreeMap<>();
    for (Map.Entry<String, Visit> each : visits.entrySet()) {
      if (!each.getValue().reply.equals(UNHEARD)) {
        replies.put(each.getKey(), each.getValue().reply);
      }
    }
    heard.accept(replies);
  }

  /** What was said is heard no more. */
  void close() {
    threads.close();
  }
}
