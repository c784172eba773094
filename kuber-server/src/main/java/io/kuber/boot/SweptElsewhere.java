package io.kuber.boot;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.kuber.controller.namespace.ForeignContent;
import io.kuber.loop.Loop;
import io.kuber.server.aggregate.Aggregation;
import io.kuber.server.aggregate.Swept;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has other servers of the API delete what they keep in namespaces that end, one after the other on
 * a loop of its own, and remembers what came of it until it is told.
 */
final class SweptElsewhere implements ForeignContent {
  /** Namespaces of which something is remembered; of others they are asked once more. */
  private static final int MOST = 1000;

  private final Aggregation aggregation;
  private final Loop loop;
  private final Set<String> under = ConcurrentHashMap.newKeySet();
  private final Cache<String, Found> found = CacheBuilder.newBuilder().maximumSize(MOST).build();

  SweptElsewhere(Aggregation aggregation, Loop loop) {
    this.aggregation = aggregation;
    this.loop = loop;
  }

  @Override
  public Found of(String namespace, String uid) {
    if (aggregation.isEmpty()) {
      return Found.NOTHING;
    }
    Found last = found.getIfPresent(uid);
    found.invalidate(uid);
    if (last != null && last.isNothing()) {
      return last;
    }
    if (under.add(uid)) {
      loop.execute(() -> sweep(namespace, uid));
    }
    return last == null ? Found.UNKNOWN : last;
  }

  private void sweep(String namespace, String uid) {
    try {
      Swept swept = aggregation.sweep(namespace);
      found.put(
          uid,
          new Found(
              true, swept.undiscovered(), swept.failures(), swept.remaining(), swept.finalizers()));
    } finally {
      under.remove(uid);
    }
  }
}
