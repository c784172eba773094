package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.OperationId;
import io.kuber.raft.log.Sessions;
import io.kuber.store.Sealing;
import io.kuber.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to whoever leads, and stays with each until it is applied here. A batch whose fate
 * is unknown is sent again under the same operation id, to a new leader at once; past its deadline
 * it is given up.
 *
 * <p>Owner thread: the sequencer's loop, but for the map of batches under way, out of which the
 * applier takes what it applies.
 */
final class Courier {
  /** Ticks of the sequencer until the outcome of a batch is declared unknown. */
  private static final int TICKS_TO_DELIVER = 20;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Road log;
  private final long session;
  private final Sealing sealing;
  private final Loop loop;
  private final Supplier<String> state;
  private final Map<Long, Parcel> underWay = new ConcurrentHashMap<>();
  private final CompletableFuture<Sequencer> sequencer = new CompletableFuture<>();

  /** {@code state} says in words why nobody takes batches. */
  Courier(Road log, long session, Sealing sealing, Loop loop, Supplier<String> state) {
    this.log = log;
    this.session = session;
    this.sealing = sealing;
    this.loop = loop;
    this.state = state;
  }

  /** A batch on its way. */
  private static final class Parcel {
    final Batch batch;
    final byte[] entry;
    @Nullable RaftPeerId receiver;
    int attempts;
    int ticks;
    int unanswered;
    boolean mayBeTaken;

    Parcel(Batch batch, Sealing sealing) {
      this.batch = batch;
      this.entry = EntryCodec.encode(batch.entry(), batch.bytes(), sealing);
    }
  }

  void serve(Sequencer that) {
    sequencer.complete(that);
  }

  /** Whether batch {@code next} is close enough to the oldest one under way. */
  boolean hasRoom(long next) {
    return next - oldest(next) < Sessions.MAX_AHEAD;
  }

  /** The oldest batch under way, or {@code next} when there is none. */
  long oldest(long next) {
    long oldest = next;
    for (long number : underWay.keySet()) {
      oldest = Math.min(oldest, number);
    }
    return oldest;
  }

  void send(Batch batch) {
    Parcel parcel = new Parcel(batch, sealing);
    underWay.put(batch.id().number(), parcel);
    attempt(parcel);
  }

  /** The batch that is being applied, if it is one of this session that somebody waits for. */
  Optional<Batch> take(OperationId id) {
    Parcel parcel = id.session() == session ? underWay.remove(id.number()) : null;
    return parcel == null ? Optional.empty() : Optional.of(parcel.batch);
  }

  private void attempt(Parcel parcel) {
    int attempt = ++parcel.attempts;
    Optional<RaftPeerId> leader = log.leader();
    parcel.receiver = leader.orElse(null);
    if (leader.isEmpty()) {
      retry(parcel, attempt);
      return;
    }
    parcel.unanswered++;
    log.append(leader.get(), parcel.batch.id().number(), parcel.entry)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                loop.execute(() -> failed(parcel, attempt, failure));
              }
            });
  }

  private void failed(Parcel parcel, int attempt, Throwable failure) {
    parcel.unanswered--;
    parcel.mayBeTaken |= !Refusals.isCertain(failure);
    Optional<String> refused = Refusals.ofThisWrite(failure);
    if (refused.isPresent()) {
      StoreException reason = new StoreException(refused.get(), parcel.mayBeTaken);
      if (end(parcel)) {
        sequencer.join().refused(parcel.batch, reason);
      }
    } else {
      retry(parcel, attempt);
    }
  }

  private void retry(Parcel parcel, int attempt) {
    if (parcel.attempts == attempt) {
      loop.schedule(
          PAUSE,
          () -> {
            if (parcel.attempts == attempt && isUnderWay(parcel)) {
              attempt(parcel);
            }
          });
    }
  }

  /** Somebody else may lead: whoever has a batch may not be able to bring it to an end. */
  void leaderChanged() {
    RaftPeerId leader = log.leader().orElse(null);
    if (leader != null) {
      List.copyOf(underWay.values()).stream()
          .filter(parcel -> !leader.equals(parcel.receiver))
          .forEach(this::attempt);
    }
  }

  /** Called regularly. */
  void tick() {
    for (Parcel parcel : List.copyOf(underWay.values())) {
      if (++parcel.ticks > TICKS_TO_DELIVER) {
        boolean unknown = parcel.mayBeTaken || parcel.unanswered > 0;
        giveUp(parcel, new StoreException(state.get(), unknown));
      }
    }
  }

  private boolean isUnderWay(Parcel parcel) {
    return underWay.get(parcel.batch.id().number()) == parcel;
  }

  private void giveUp(Parcel parcel, StoreException reason) {
    if (end(parcel)) {
      sequencer.join().failed(parcel.batch, reason);
    }
  }

  /** Whether it was under way until now. */
  private boolean end(Parcel parcel) {
    return underWay.remove(parcel.batch.id().number(), parcel);
  }

  /** Nothing more comes of what is under way. */
  void abandon(StoreException reason) {
    List.copyOf(underWay.values()).forEach(parcel -> giveUp(parcel, reason));
  }
}
