package io.kuber.server.member;

import io.kuber.raft.Quorum;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this server is in touch with a leader, and if not, since when. A moment without one is
 * part of every election and says nothing.
 *
 * <p>{@link #look} belongs to one thread; {@link #failure} may be called from any.
 */
public final class Contact {
  /** So long a server without a leader counts as ready: elections take less. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Supplier<Quorum> quorum;
  private volatile @Nullable Instant lostSince;

  /** Contact as the log knows it. */
  public Contact(Supplier<Quorum> quorum) {
    this.quorum = quorum;
  }

  /** Takes note of how it is now; called about once a second. */
  public void look(Instant now) {
    if (quorum.get().isPresent()) {
      lostSince = null;
    } else if (lostSince == null) {
      lostSince = now;
    }
  }

  /** Why this server is not ready; empty when it is. */
  public Optional<String> failure(Instant now) {
    Instant since = lostSince;
    return since == null || since.plus(PATIENCE).isAfter(now)
        ? Optional.empty()
        : Optional.of("no leader since " + since + ": " + quorum.get().text());
  }
}
