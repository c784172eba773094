package io.kuber.testkit.time;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.kuber.api.Witness;
import io.kuber.boot.Observer;
import io.kuber.store.Delta;
import io.kuber.store.Store;
import io.kuber.testkit.history.Change;
import io.kuber.testkit.history.History;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether something moves in a cluster on virtual time, and the digest of all that ever changed.
 * Passes on to the history what it sees. Owned by the thread that drives the clock.
 */
final class Pulse implements Observer {
  private final Observer history;
  private HashCode digest = Hashing.sha256().hashInt(0);
  private Instant lastMove = Instant.EPOCH;

  Pulse(History history) {
    this.history = history.observer();
  }

  @Override
  public void begin(Store store, InstantSource clock) {
    history.begin(store, clock);
    lastMove = clock.instant();
    store.subscribe((delta, image) -> add(delta, clock.instant()));
  }

  @Override
  public Witness witness() {
    return history.witness();
  }

  private void add(Delta delta, Instant at) {
    if (!Change.isHeartbeat(delta)) {
      lastMove = at;
    }
    digest =
        Hashing.sha256()
            .newHasher()
            .putBytes(digest.asBytes())
            .putString(at + " " + delta.key() + " " + delta.revision(), StandardCharsets.UTF_8)
            .putBoolean(delta.deleted())
            .putBytes(delta.after().value())
            .hash();
  }

  /** When something last changed that is more than a sign of life. */
  Instant lastMove() {
    return lastMove;
  }

  /** SHA-256 over all changes since the start, in hexadecimal. */
  String digest() {
    return digest.toString();
  }
}
