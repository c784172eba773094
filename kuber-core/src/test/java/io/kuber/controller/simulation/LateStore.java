package io.kuber.controller.simulation;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.store.Command;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A store whose subscribers learn of changes late, in order, and may begin with an image of the
 * past from which they catch up.
 */
final class LateStore implements Store {
  /** Changes remembered for subscribers that begin in the past. */
  private static final int MAX_REMEMBERED = 64;

  private final Store store;
  private final Loop loop;
  private final InstantSource clock;
  private final Entropy entropy;
  private final Deque<Moment> recent = new ArrayDeque<>();
  private final Map<Listener, Subscription> subscriptions = new LinkedHashMap<>();
  private Image beforeRecent;
  private Faults faults = Faults.NONE;

  LateStore(Store store, Loop loop, InstantSource clock, Entropy entropy) {
    this.store = store;
    this.loop = loop;
    this.clock = clock;
    this.entropy = entropy;
    this.beforeRecent = store.subscribe(this::remember);
  }

  private record Moment(Delta delta, Image image) {}

  void suffer(Faults next) {
    faults = next;
  }

  /** Runs the task once every subscriber has seen what is there now. */
  void whenSeen(Runnable task) {
    whenSeen(store.image().revision(), task);
  }

  private void whenSeen(long revision, Runnable task) {
    Optional<Subscription> behind =
        subscriptions.values().stream().filter(late -> late.seen < revision).findFirst();
    if (behind.isPresent()) {
      behind.get().waiting.add(new Waiting(revision, () -> whenSeen(revision, task)));
    } else {
      loop.execute(task);
    }
  }

  private void remember(Delta delta, Image image) {
    Moment moment = new Moment(delta, image);
    recent.add(moment);
    if (recent.size() > MAX_REMEMBERED) {
      beforeRecent = recent.remove().image();
    }
    List.copyOf(subscriptions.values()).forEach(late -> late.learn(moment));
  }

  @Override
  public CompletionStage<Outcome> submit(Command command) {
    return store.submit(command);
  }

  @Override
  public Image image() {
    return store.image();
  }

  @Override
  public CompletionStage<Image> latest() {
    return store.latest();
  }

  @Override
  public Image subscribe(Listener listener) {
    int stale = Math.min(recent.size(), entropy.below(faults.maxStale() + 1));
    List<Moment> moments = new ArrayList<>(recent);
    int known = moments.size() - stale;
    Image base = known == 0 ? beforeRecent : moments.get(known - 1).image();
    Subscription late = new Subscription(listener, base.revision());
    subscriptions.put(listener, late);
    moments.subList(known, moments.size()).forEach(late::learn);
    return base;
  }

  @Override
  public void unsubscribe(Listener listener) {
    subscriptions.remove(listener);
  }

  @Override
  public void close() {
    store.close();
  }

  private record Waiting(long revision, Runnable task) {}

  /** One subscriber, and what it does not know yet. */
  private final class Subscription {
    private final Listener listener;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Instant lastDue = Instant.EPOCH;
    private long seen;

    Subscription(Listener listener, long seen) {
      this.listener = listener;
      this.seen = seen;
    }

    /** Later changes never overtake: they are due at the same time at the earliest. */
    void learn(Moment moment) {
      int lag = entropy.below((int) faults.maxLag().toMillis() + 1);
      Instant now = clock.instant();
      Instant due = now.plusMillis(lag);
      lastDue = due.isAfter(lastDue) ? due : lastDue;
      loop.schedule(Duration.between(now, lastDue), () -> see(moment));
    }

    private void see(Moment moment) {
      if (subscriptions.get(listener) != this) {
        return;
      }
      listener.changed(moment.delta(), moment.image());
      seen = moment.delta().revision();
      for (int left = waiting.size(); left > 0; left--) {
        Waiting next = waiting.remove();
        if (next.revision() <= seen) {
          next.task().run();
        } else {
          waiting.add(next);
        }
      }
    }
  }
}
