package io.kuber.api;

import io.kuber.store.Image;
import io.kuber.watch.WatchExpiredException;
import io.kuber.watch.WatchHub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The images that lists have shown a part of, kept so that the next page is of the same revision;
 * and where another server has shown it, or it is long ago, the same from what the watches
 * remember. May be used from any thread: a short lock guards the map.
 */
final class Pages {
  /** Images kept; they share all that did not change in between. */
  private static final int MAX_IMAGES = 256;

  /** How long a client may take for a page (etcd's compaction interval upstream). */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final WatchHub hub;
  private final TreeMap<Long, Kept> byRevision = new TreeMap<>();

  Pages(InstantSource clock, WatchHub hub) {
    this.clock = clock;
    this.hub = hub;
  }

  /** Keeps an image for the pages that follow. */
  synchronized void keep(Image image) {
    Instant now = clock.instant();
    byRevision.put(image.revision(), new Kept(image, now.plus(LIFETIME)));
    Iterator<Kept> oldest = byRevision.values().iterator();
    while (oldest.hasNext()
        && (oldest.next().until.isBefore(now) || byRevision.size() > MAX_IMAGES)) {
      oldest.remove();
    }
  }

  /**
   * A resource at exactly that revision, which the store has passed; null when it is not known any
   * more.
   */
  @Nullable Image at(long revision, String resource) {
    Image kept = kept(revision);
    return kept == null ? remembered(revision, resource) : kept;
  }

  private synchronized @Nullable Image kept(long revision) {
    Kept kept = byRevision.get(revision);
    return kept == null || kept.until.isBefore(clock.instant()) ? null : kept.image;
  }

  private @Nullable Image remembered(long revision, String resource) {
    try {
      return hub.imageAt(resource, revision);
    } catch (WatchExpiredException forgotten) {
      return null;
    }
  }

  private record Kept(Image image, Instant until) {}
}
