package io.kuber.watch;

import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The histories of all resources, fed by the store. Any thread may open watches.
 *
 * <p>A change costs the applying thread one append, and for each watch that waits one signal.
 */
public final class WatchHub implements AutoCloseable {
  /** Changes kept per resource; an older revision has to list again. */
  public static final int HISTORY = 4096;

  private static final long UNKNOWN = -1;

  private final Store store;
  private final int capacity;
  private final Store.Listener listener =
      new Store.Listener() {
        @Override
        public void changed(Delta delta, Image after) {
          WatchHub.this.changed(delta, after);
        }

        @Override
        public void replaced(Image snapshot) {
          startOver(snapshot.revision());
          seen(snapshot);
        }
      };
  private final Map<String, History> histories = new ConcurrentHashMap<>();
  private volatile long floor = UNKNOWN;
  private volatile @Nullable Image image;

  private WatchHub(Store store, int capacity) {
    this.store = store;
    this.capacity = capacity;
  }

  /** A hub that knows every change of the store from now on. */
  public static WatchHub of(Store store) {
    return of(store, HISTORY);
  }

  /** The same with another number of changes to keep per resource. */
  public static WatchHub of(Store store, int history) {
    WatchHub hub = new WatchHub(store, history);
    hub.begin(store.subscribe(hub.listener));
    return hub;
  }

  private void begin(Image start) {
    if (floor == UNKNOWN) {
      floor = start.revision();
    }
    seen(start);
  }

  /** The first change may be quicker than the thread that has just subscribed; both know it. */
  private synchronized void seen(Image newest) {
    if (newest.revision() > revision()) {
      image = newest;
    }
  }

  private void changed(Delta delta, Image changed) {
    if (delta.revision() != revision() + 1) {
      startOver(delta.revision() - 1);
    }
    history(delta.key().resource()).append(delta);
    seen(changed);
  }

  /** The store went on from a snapshot: nobody knows what changed in between. */
  private void startOver(long newFloor) {
    floor = newFloor;
    Map<String, History> ended = Map.copyOf(histories);
    histories.keySet().removeAll(ended.keySet());
    ended.values().forEach(History::expire);
  }

  /**
   * Opens a watch on a resource, in one namespace or in all when {@code namespace} is empty, that
   * shows the changes behind {@code afterRevision}. Throws {@link WatchExpiredException} when these
   * are not all known any more.
   */
  public Watch open(String resource, String namespace, long afterRevision) {
    Watch watch = new Watch(history(resource), this::revision, namespace, afterRevision);
    watch.begin();
    return watch;
  }

  /**
   * Ends all watches of a resource that is not served any more; on the applying thread. Whoever
   * watches has to list again, and learns from that.
   */
  public void end(String resource) {
    History ended = histories.remove(resource);
    if (ended != null) {
      ended.expire();
    }
  }

  /** The revision of the last change that the hub has seen. */
  public long revision() {
    Image seen = image;
    return seen == null ? UNKNOWN : seen.revision();
  }

  /**
   * A resource as it was at a revision that the hub has passed; the image knows of no other
   * resource. Throws {@link WatchExpiredException} when not all changes since are known any more.
   */
  public Image imageAt(String resource, long revision) {
    Image newest = image;
    if (newest == null || revision > newest.revision()) {
      throw new IllegalArgumentException("revision " + revision + " is still to come");
    }
    return new PastImage(
        newest, resource, revision, history(resource).formerAt(revision, newest.revision()));
  }

  private History history(String resource) {
    History known = histories.get(resource);
    return known == null
        ? histories.computeIfAbsent(resource, name -> new History(capacity, floor))
        : known;
  }

  /** Stops following the store; open watches see nothing new. */
  @Override
  public void close() {
    store.unsubscribe(listener);
  }
}
