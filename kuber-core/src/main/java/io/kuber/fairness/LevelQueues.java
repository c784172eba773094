package io.kuber.fairness;

import io.kuber.fairness.Lane.Waiter;
import io.kuber.fairness.Level.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The seats of one priority level, and who waits for them: a value, from which each happening makes
 * the next. Only queues with something to do are kept, so that a level costs what goes on in it.
 *
 * <p>Who is next follows fair queuing as upstream has it (apiserver,
 * pkg/util/flowcontrol/fairqueuing): each queue gets the same part of the seats. The level has a
 * virtual time, which passes as fast as each busy queue is served; the queue whose oldest request
 * would end first by it is next. What a request really took is set right when it ends.
 */
public final class LevelQueues {
  /** What a request is thought to take until it has ended; as upstream. */
  private static final double SERVICE_SECONDS = 0.003;

  private static final double NANOS = 1e-9;

  private final Queues queues;
  private final int limit;
  private final Lanes lanes;
  private final double progress;
  private final long at;
  private final long turn;

  private LevelQueues(Queues queues, int limit, Lanes lanes, double progress, long at, long turn) {
    this.queues = queues;
    this.limit = limit;
    this.lanes = lanes;
    this.progress = progress;
    this.at = at;
    this.turn = turn;
  }

  /** A level with so many seats, in which nothing goes on. */
  public static LevelQueues of(Queues queues, int limit) {
    return new LevelQueues(queues, limit, Lanes.IDLE, 0, 0, 0);
  }

  /**
   * What comes of a happening.
   *
   * @param started the requests that have their seats now
   * @param lane the queue of a request that arrived
   * @param refused why the request that arrived gets none; empty for one that has them or waits
   */
  public record Step(
      LevelQueues after, List<Started> started, long lane, Optional<Refusal> refused) {}

  /** A request that has its seats, and the queue that has to be told when it ends. */
  public record Started(long id, long lane, int seats) {}

  /** Seats that are taken. */
  public int seats() {
    return lanes.seats();
  }

  /** Seats that are taken or waited for. */
  public int demand() {
    return lanes.seats() + lanes.waitingSeats();
  }

  /** Requests that have their seats. */
  public int executing() {
    return lanes.executing();
  }

  /** Requests that wait. */
  public int waiting() {
    return lanes.waiting();
  }

  /** The seats that there are. */
  public int limit() {
    return limit;
  }

  /** The queues with something to do, for people who look into the level. */
  public List<Busy> busy() {
    return lanes.all().stream()
        .map(
            lane ->
                new Busy(
                    lane.index(),
                    lane.waiting().length,
                    lane.executing(),
                    lane.seats(),
                    lane.next(),
                    lane.waitingSeats()))
        .toList();
  }

  /** A queue with something to do. */
  public record Busy(
      long index, int waiting, int executing, int seats, double next, int waitingSeats) {}

  /**
   * A request comes.
   *
   * @param id tells it from all others of the level
   * @param hash of its flow
   * @param wide how many seats it wants, at least one
   * @param nanos the time; one that is before the last counts as the last
   */
  public Step arrive(long id, long hash, int wide, long nanos) {
    LevelQueues now = advanced(nanos);
    Lane lane = now.shortest(hash);
    if (now.waiting() == 0 && now.accommodates(wide)) {
      LevelQueues after = now.with(now.lanes.with(lane.started(wide, wide * SERVICE_SECONDS)));
      return new Step(
          after, List.of(new Started(id, lane.index(), wide)), lane.index(), Optional.empty());
    }
    if (lane.waiting().length >= queues.length()) {
      Refusal why = queues.count() == 0 ? Refusal.CONCURRENCY_LIMIT : Refusal.QUEUE_FULL;
      return new Step(now, List.of(), lane.index(), Optional.of(why));
    }
    return now.with(now.lanes.with(lane.waitingFor(new Waiter(id, wide)))).dispatch(lane.index());
  }

  /** A request that had been started has ended, after so many seconds. */
  public Step finish(Started ended, double seconds, long nanos) {
    LevelQueues now = advanced(nanos);
    double more = (seconds - SERVICE_SECONDS) * ended.seats();
    Lane lane = now.lane(ended.lane()).finished(ended.seats(), more);
    return now.with(now.lanes.with(lane)).dispatch(ended.lane());
  }

  /** A request waits no longer; nothing changes if it does not wait. */
  public Step leave(long id, long lane, long nanos) {
    LevelQueues now = advanced(nanos);
    Lane left = now.lane(lane);
    for (int i = 0; i < left.waiting().length; i++) {
      if (left.waiting()[i].id() == id) {
        return now.with(now.lanes.with(left.without(i))).dispatch(lane);
      }
    }
    return new Step(now, List.of(), lane, Optional.empty());
  }

  /** The level has other seats or queues from now on; whoever waits goes on waiting. */
  public Step resize(Queues other, int seats, long nanos) {
    LevelQueues now = advanced(nanos);
    return new LevelQueues(other, seats, now.lanes, now.progress, now.at, now.turn).dispatch(0);
  }

  /** Whoever is next gets its seats, as long as there are enough. */
  private Step dispatch(long arrived) {
    LevelQueues now = this;
    List<Started> started = new ArrayList<>(1);
    while (now.waiting() > 0) {
      Lane next = now.next();
      Waiter oldest = next.oldest();
      if (!now.accommodates(oldest.seats())) {
        break;
      }
      Lane lane = next.without(0).started(oldest.seats(), oldest.seats() * SERVICE_SECONDS);
      started.add(new Started(oldest.id(), lane.index(), oldest.seats()));
      now =
          new LevelQueues(
              queues, limit, now.lanes.with(lane), now.progress, now.at, lane.index() + 1);
    }
    return new Step(now, started, arrived, Optional.empty());
  }

  /** What is wider than the level has it to itself, so that it goes at all. */
  private boolean accommodates(int wide) {
    return wide > limit ? lanes.executing() == 0 : lanes.seats() + wide <= limit;
  }

  /** Of equals, the one that comes first behind the queue that was next last. */
  private Lane next() {
    Lane best = null;
    double earliest = 0;
    boolean bestIsAhead = false;
    for (Lane lane : lanes.all()) {
      if (lane.waiting().length > 0) {
        double end = lane.next() + lane.oldest().seats() * SERVICE_SECONDS;
        boolean isAhead = lane.index() >= turn;
        if (best == null || end < earliest || (end == earliest && isAhead && !bestIsAhead)) {
          best = lane;
          earliest = end;
          bestIsAhead = isAhead;
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("nobody waits");
    }
    return best;
  }

  private Lane shortest(long hash) {
    if (queues.count() == 0) {
      return lane(0);
    }
    Lane best = null;
    for (long card : Dealer.deal(hash, queues.count(), queues.hand())) {
      Lane lane = lane(card);
      if (best == null || lane.load() < best.load()) {
        best = lane;
      }
    }
    return best == null ? lane(0) : best;
  }

  private Lane lane(long index) {
    return lanes.find(index).orElseGet(() -> Lane.idle(index, progress));
  }

  private LevelQueues with(Lanes changed) {
    return new LevelQueues(queues, limit, changed, changed.isIdle() ? 0 : progress, at, turn);
  }

  private LevelQueues advanced(long nanos) {
    long passed = Math.max(0, nanos - at);
    if (lanes.isIdle()) {
      return new LevelQueues(queues, limit, lanes, 0, Math.max(at, nanos), turn);
    }
    double served = (double) Math.min(demand(), limit) / lanes.all().size();
    return new LevelQueues(
        queues, limit, lanes, progress + passed * NANOS * served, at + passed, turn);
  }
}
