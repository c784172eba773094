package io.kuber.server.fairness;

import io.kuber.fairness.Level;
import io.kuber.fairness.LevelQueues;
import io.kuber.fairness.LevelQueues.Started;
import io.kuber.fairness.LevelQueues.Step;
import io.kuber.fairness.Refusal;
import io.kuber.fairness.SeatLimits;
import io.kuber.loop.Loop.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The door of one priority level: keeps the plan of the level and carries out what comes of it. Its
 * monitor guards all fields, and is held only for a step of the plan.
 */
final class LevelGate {
  private static final double NANOS = 1e-9;

  private final Surroundings around;
  private final Map<Long, Guest> waiting = new HashMap<>();
  private Level level;
  private SeatLimits limits;
  private LevelQueues queues;
  private Tally tally = Tally.NONE;
  private long ids;
  private int highest;

  LevelGate(Surroundings around, Level level, SeatLimits limits) {
    this.around = around;
    this.level = level;
    this.limits = limits;
    this.queues = LevelQueues.of(level.queues(), seats(limits.nominal()));
  }

  /** The level is another from now on; what it had borrowed it keeps as far as it may. */
  synchronized void become(Level other, SeatLimits otherLimits) {
    int kept = Math.max(otherLimits.lower(), Math.min(otherLimits.upper(), queues.limit()));
    boolean isSame = limits.equals(otherLimits);
    level = other;
    limits = otherLimits;
    resized(isSame ? kept : otherLimits.nominal());
  }

  /** It has so many seats from now on. */
  synchronized void resize(int seats) {
    resized(seats);
  }

  private void resized(int seats) {
    carry(queues.resize(level.queues(), seats(seats), now()), null);
  }

  private int seats(int planned) {
    return level.exempt() ? Integer.MAX_VALUE : planned;
  }

  void arrive(Guest guest, Duration longest) {
    boolean enters = false;
    @Nullable Refusal refused = null;
    boolean isPressed;
    synchronized (this) {
      if (guest.state != Guest.State.COMING) {
        return;
      }
      long now = now();
      guest.id = ids++;
      guest.since = now;
      Step step = queues.arrive(guest.id, guest.hash, guest.wide, now);
      guest.lane = step.lane();
      refused = step.refused().orElse(null);
      highest = Math.max(highest, step.after().demand() + (refused == null ? 0 : guest.wide));
      if (refused == null) {
        guest.state = Guest.State.WAITING;
        waits(guest, step, longest);
      } else {
        guest.state = Guest.State.GONE;
        tally = tally.refused();
      }
      carry(step, guest);
      enters = guest.state == Guest.State.INSIDE;
      isPressed = !enters;
    }
    if (isPressed) {
      around.pressed();
    }
    if (enters) {
      guest.entrant.enter();
    } else if (refused != null) {
      guest.counts.refused(refused.word(), 0);
      guest.entrant.refused(refused);
    }
  }

  /** Those that start at once wait for nothing. */
  private void waits(Guest guest, Step step, Duration longest) {
    for (Started started : step.started()) {
      if (started.id() == guest.id) {
        return;
      }
    }
    waiting.put(guest.id, guest);
    guest.counts.inQueue(1);
    guest.patience = around.timers().schedule(longest, () -> tire(guest));
  }

  /** Takes over the plan; {@code self} enters by itself, all others on a loop. */
  private void carry(Step step, @Nullable Guest self) {
    queues = step.after();
    for (Started started : step.started()) {
      Guest guest = self != null && started.id() == self.id ? self : unqueued(started.id());
      guest.state = Guest.State.INSIDE;
      guest.seats = started;
      long now = now();
      guest.counts.entered(guest.wide, (now - guest.since) * NANOS);
      guest.since = now;
      tally = tally.dispatched();
      if (guest != self) {
        around.handOver(() -> enter(guest));
      }
    }
  }

  private Guest unqueued(long id) {
    Guest guest = waiting.remove(id);
    if (guest == null) {
      throw new IllegalStateException("nobody waits as " + id + " for " + level.name());
    }
    guest.counts.inQueue(-1);
    Timer patience = guest.patience;
    if (patience != null) {
      patience.cancel();
    }
    return guest;
  }

  private void enter(Guest guest) {
    synchronized (this) {
      if (guest.state != Guest.State.INSIDE) {
        return;
      }
    }
    guest.entrant.enter();
  }

  private void tire(Guest guest) {
    synchronized (this) {
      if (guest.state != Guest.State.WAITING) {
        return;
      }
      gone(guest);
      tally = tally.tired();
    }
    guest.counts.refused(Refusal.TIME_OUT.word(), waited(guest));
    guest.entrant.refused(Refusal.TIME_OUT);
  }

  synchronized void leave(Guest guest) {
    Started seats = guest.seats;
    if (guest.state == Guest.State.WAITING) {
      gone(guest);
      tally = tally.cancelled();
      guest.counts.refused(Refusal.CANCELLED.word(), waited(guest));
    } else if (guest.state == Guest.State.INSIDE && seats != null) {
      guest.state = Guest.State.GONE;
      long now = now();
      double seconds = (now - guest.since) * NANOS;
      guest.counts.left(guest.wide, seconds);
      carry(queues.finish(seats, seconds, now), null);
    } else {
      guest.state = Guest.State.GONE;
    }
  }

  private void gone(Guest guest) {
    unqueued(guest.id);
    guest.state = Guest.State.GONE;
    carry(queues.leave(guest.id, guest.lane, now()), null);
  }

  private double waited(Guest guest) {
    return (now() - guest.since) * NANOS;
  }

  private long now() {
    Instant now = around.clock().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** The most seats that were wanted at a time since this was asked last. */
  synchronized int takeHighest() {
    int most = highest;
    highest = queues.demand();
    return most;
  }

  /** What goes on in it. */
  synchronized LevelReading reading() {
    return new LevelReading(level, limits, queues, tally);
  }

  /** Those that wait, oldest first. */
  synchronized List<Guest> guests() {
    Collection<Guest> all = waiting.values();
    List<Guest> sorted = new ArrayList<>(all);
    sorted.sort((one, other) -> Long.compare(one.id, other.id));
    return sorted;
  }
}
