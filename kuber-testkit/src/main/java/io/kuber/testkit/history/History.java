package io.kuber.testkit.history;

import io.kuber.api.Answered;
import io.kuber.api.Witness;
import io.kuber.boot.Observer;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What happened in a cluster: requests, changes and events, oldest first. The oldest are forgotten
 * when there are too many.
 *
 * <p>For any thread.
 */
public final class History {
  /** Changes that are kept. */
  public static final int MAX_CHANGES = 200_000;

  /** Bytes of the objects of the changes that are kept, each as it was after its change. */
  public static final long MAX_BYTES = 64L << 20;

  /** Requests that are kept. */
  public static final int MAX_REQUESTS = 50_000;

  private final Deque<Change> changes = new ArrayDeque<>();
  private final Deque<Request> requests = new ArrayDeque<>();
  private final Deque<Disturbance> disturbances = new ArrayDeque<>();
  private final Deque<Restoration> restorations = new ArrayDeque<>();
  private InstantSource clock = () -> Instant.EPOCH;
  private long bytes;
  private long entries;
  private long changed;
  private long forgotten;
  private CompletableFuture<Void> nextMove = new CompletableFuture<>();

  /** A history in which nothing has happened; see {@link #observer()}. */
  public History() {}

  /** What an embedded cluster has to be observed by, so that this is its history. */
  public Observer observer() {
    return new Observer() {
      @Override
      public void begin(Store store, InstantSource time) {
        follow(store, time);
      }

      @Override
      public Witness witness() {
        return History.this::add;
      }
    };
  }

  private synchronized void follow(Store store, InstantSource time) {
    clock = time;
    forgotten = store.image().revision();
    store.subscribe(
        new Store.Listener() {
          @Override
          public void changed(Delta delta, Image image) {
            add(delta);
          }

          @Override
          public void replaced(Image image) {
            restored(image.revision());
          }
        });
  }

  private synchronized void moved() {
    nextMove.complete(null);
    nextMove = new CompletableFuture<>();
  }

  private synchronized void add(Delta delta) {
    changed++;
    moved();
    if (Change.isRenewal(delta) || delta.key().isHidden()) {
      return;
    }
    Change change = new Change(entries++, clock.instant(), delta);
    changes.addLast(change);
    bytes += change.size();
    while (changes.size() > MAX_CHANGES || bytes > MAX_BYTES && changes.size() > 1) {
      Change oldest = changes.removeFirst();
      bytes -= oldest.size();
      forgotten = oldest.revision();
    }
  }

  private synchronized void add(Answered answered) {
    boolean isRenewal =
        answered.resource().equals(Resources.LEASES.qualifiedName()) && !answered.isRefused();
    if (isRenewal) {
      return;
    }
    if (requests.size() == MAX_REQUESTS) {
      requests.removeFirst();
    }
    requests.addLast(new Request(entries++, answered));
  }

  private synchronized void restored(long revision) {
    moved();
    if (restorations.size() == MAX_REQUESTS) {
      restorations.removeFirst();
    }
    restorations.addLast(new Restoration(entries++, clock.instant(), revision));
  }

  /** Something goes wrong now because the test wants it; said in words. */
  public synchronized void disturbed(String what) {
    if (disturbances.size() == MAX_REQUESTS) {
      disturbances.removeFirst();
    }
    disturbances.addLast(new Disturbance(entries++, clock.instant(), what));
  }

  /** The changes of objects that are kept; renewals of leases are not. */
  public synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  /** The changes of one object that are kept. */
  public List<Change> changes(Key key) {
    return changes().stream().filter(change -> change.key().equals(key)).toList();
  }

  /** How many changes there ever were, renewals of leases and what is forgotten too. */
  public synchronized long changed() {
    return changed;
  }

  /** The requests that are kept; successful ones for leases are not. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What went wrong because the test wanted it: as many as requests are kept. */
  public synchronized List<Disturbance> disturbances() {
    return List.copyOf(disturbances);
  }

  /** The events that were written or written again, one for each time. */
  public List<ClusterEvent> events() {
    return changes().stream()
        .filter(change -> change.key().resource().equals(Resources.EVENTS.qualifiedName()))
        .filter(change -> change.what() != Change.What.DELETED)
        .map(change -> ClusterEvent.of(change.after()))
        .toList();
  }

  /** All entries, oldest first. */
  public List<Entry> entries() {
    return since(0);
  }

  /** The entries from one moment on, which {@link #mark()} has told. */
  public List<Entry> since(long mark) {
    List<Entry> all = new ArrayList<>();
    synchronized (this) {
      all.addAll(changes);
      all.addAll(requests);
      all.addAll(restorations);
      all.addAll(disturbances);
    }
    all.removeIf(entry -> entry.order() < mark);
    all.sort(Comparator.comparingLong(Entry::order));
    return all;
  }

  /** This moment, for {@link #since}. */
  public synchronized long mark() {
    return entries;
  }

  private synchronized CompletableFuture<Void> nextMove() {
    return nextMove;
  }

  /**
   * Waits until it is so, on a cluster that moves by itself: looks at once, and again after every
   * change. Returns whether it came to be.
   */
  public boolean await(Duration atMost, BooleanSupplier isSo) throws InterruptedException {
    Instant end = now().plus(atMost);
    while (true) {
      CompletableFuture<Void> next = nextMove();
      if (isSo.getAsBoolean()) {
        return true;
      }
      try {
        next.get(Duration.between(now(), end).toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return isSo.getAsBoolean();
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody fails this", e);
      }
    }
  }

  /** The time of the cluster. */
  public synchronized Instant now() {
    return clock.instant();
  }

  /**
   * Which objects came, went and changed between two revisions, and in which fields.
   *
   * @param from of the state before, such as that of a snapshot
   * @param to of the state after
   * @throws IllegalArgumentException when what happened between them is not kept, or is not known
   *     since the cluster was set back; snapshots can be compared all the same
   */
  public synchronized Diff diff(long from, long to) {
    if (from > to) {
      throw new IllegalArgumentException("revision " + from + " is behind revision " + to);
    }
    if (from < forgotten) {
      throw new IllegalArgumentException(
          "the history has forgotten what happened up to revision %d; compare snapshots instead"
              .formatted(forgotten));
    }
    for (Restoration restoration : restorations) {
      if (restoration.revision() > from && restoration.revision() <= to) {
        throw new IllegalArgumentException(
            "the cluster was set back at revision %d; compare snapshots instead"
                .formatted(restoration.revision()));
      }
    }
    return Diff.of(
        from,
        to,
        changes.stream().filter(each -> each.revision() > from && each.revision() <= to).toList());
  }

  /** What happened, for people. */
  public Timeline timeline() {
    return Timeline.of(entries());
  }

  /** The changes that are kept, a line each: revision, time, what, key, object. */
  public String text() {
    return changes().stream().map(change -> change + "\n").collect(Collectors.joining());
  }
}
