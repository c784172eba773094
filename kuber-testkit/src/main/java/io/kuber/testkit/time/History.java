package io.kuber.testkit.time;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.kuber.store.Delta;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every change of the store since the nodes began, with its virtual time, in order. Two runs of one
 * seed have the same {@link #text()} and the same {@link #digest()}, byte for byte.
 *
 * <p>Owned by the thread that drives the clock.
 */
public final class History {
  /** Changes that are kept; the oldest are forgotten first, but stay in the digest. */
  public static final int MAX_KEPT = 200_000;

  private final InstantSource clock;
  private final Deque<HistoryEntry> kept = new ArrayDeque<>();
  private HashCode digest = Hashing.sha256().hashInt(0);
  private long changes;
  private Instant lastMove;

  History(InstantSource clock) {
    this.clock = clock;
    this.lastMove = clock.instant();
  }

  void add(Delta delta) {
    HistoryEntry entry = HistoryEntry.of(delta, clock.instant());
    if (kept.size() == MAX_KEPT) {
      kept.removeFirst();
    }
    kept.addLast(entry);
    changes++;
    if (!entry.heartbeat()) {
      lastMove = entry.at();
    }
    digest =
        Hashing.sha256()
            .newHasher()
            .putBytes(digest.asBytes())
            .putString(entry.toString(), StandardCharsets.UTF_8)
            .hash();
  }

  /** The changes that are kept, oldest first. */
  public List<HistoryEntry> entries() {
    return List.copyOf(kept);
  }

  /** How many changes there were, those that are forgotten too. */
  public long changes() {
    return changes;
  }

  /** When something last changed that is more than a sign of life. */
  public Instant lastMove() {
    return lastMove;
  }

  /** SHA-256 over all changes since the start, in hexadecimal. */
  public String digest() {
    return digest.toString();
  }

  /** The changes that are kept, a line each: revision, time, what, key, object. */
  public String text() {
    return kept.stream().map(entry -> entry + "\n").collect(Collectors.joining());
  }
}
