package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.LogEntry;
import io.kuber.store.TreeImage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Looks after a store while it is open: is there space, does Ratis still run, who is there, are the
 * images of all members still the same? All fields belong to the loop.
 */
final class Patrol {
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final Loop loop;
  private final Space space;
  private final RatisLog log;
  private final Presence presence;
  private final LeadershipFeed leadership;
  private final Supplier<TreeImage> image;
  private final FaultHandler faults;
  private final long roundsPerComparison;
  private CompletableFuture<?> looking = CompletableFuture.completedFuture(null);
  private long rounds;
  private long comparedRevision;
  private boolean ended;

  Patrol(
      Loop loop,
      Space space,
      RatisLog log,
      Presence presence,
      LeadershipFeed leadership,
      Supplier<TreeImage> image,
      FaultHandler faults,
      Duration compareEvery) {
    this.loop = loop;
    this.space = space;
    this.log = log;
    this.presence = presence;
    this.leadership = leadership;
    this.image = image;
    this.faults = faults;
    this.roundsPerComparison = Math.max(1, compareEvery.dividedBy(ROUND));
  }

  void start() {
    loop.execute(this::round);
  }

  void end() {
    loop.execute(() -> ended = true);
  }

  private void round() {
    if (ended) {
      return;
    }
    loop.schedule(ROUND, this::round);
    rounds++;
    space.look();
    leadership.look();
    if (log.isBroken()) {
      ended = true;
      faults.fatal("Ratis has closed the log", new IllegalStateException("closed by itself"));
      return;
    }
    if (!log.isAlone()) {
      lookWhoIsThere();
      compare();
    }
  }

  /** Members that do not answer take longer than a round. */
  private void lookWhoIsThere() {
    if (looking.isDone()) {
      looking = presence.ask().toCompletableFuture();
    }
  }

  /** The leader asks, unless nothing has changed since it asked last. */
  private void compare() {
    long revision = image.get().revision();
    if (rounds % roundsPerComparison == 0 && log.isLeading() && revision != comparedRevision) {
      comparedRevision = revision;
      String asker = log.self().toString();
      log.note(EntryCodec.encode(new LogEntry.Compare(revision, asker), 0));
    }
  }
}
