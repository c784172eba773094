package io.kuber.reconcile;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.loop.Loop;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one controller, or holds its keys while it is paused. Owned by the reconciler's loop. */
final class ControllerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerRunner.class);

  /** Plans of one controller whose actions are under way at the same time. */
  private static final int MAX_UNDER_WAY = 64;

  /** Keys planned before the loop may turn to something else. */
  private static final int MAX_PLANS_PER_TURN = 64;

  private static final Duration FIRST_RETRY = Duration.ofMillis(5);
  private static final Duration MAX_RETRY = Duration.ofSeconds(60);

  /** Conflicts in a row that are retried at once; then they are failures like any other. */
  private static final int MAX_CONFLICTS_AT_ONCE = 5;

  private final Controller controller;
  private final View view;
  private final Horizon horizon;
  private final Loop loop;
  private final InstantSource clock;
  private final Actions actions;
  private final Pauses pauses;
  private final Runnable onDone;
  private final WorkQueue queue = new WorkQueue(MAX_UNDER_WAY);
  private final Backoff<Key> backoff = new Backoff<>(FIRST_RETRY, MAX_RETRY);
  private final Map<Key, Loop.Timer> timers = new HashMap<>();

  /** Who waits for the end of a key's plan; at most as many as are under way. */
  private final Map<Key, CompletableFuture<Optional<Key>>> steps = new HashMap<>();

  private boolean turnIsDue;
  private boolean stopped;

  ControllerRunner(
      Controller controller,
      View view,
      Horizon horizon,
      Loop loop,
      InstantSource clock,
      Actions actions,
      Pauses pauses,
      Runnable onDone) {
    this.controller = controller;
    this.view = view;
    this.horizon = horizon;
    this.loop = loop;
    this.clock = clock;
    this.actions = actions;
    this.pauses = pauses;
    this.onDone = onDone;
  }

  void changed(Change change) {
    for (Trigger trigger : controller.triggers()) {
      if (trigger.concerns(change.key())) {
        trigger.keys().of(change, view, this::add);
      }
    }
  }

  void stop() {
    stopped = true;
    timers.values().forEach(Loop.Timer::cancel);
    timers.clear();
    steps.values().forEach(step -> step.cancel(false));
    steps.clear();
  }

  /** Whether this runs the controller of that name. */
  boolean runs(String name) {
    return controller.name().equals(name);
  }

  /** Whether there is nothing that it could do now. */
  boolean isIdle() {
    return !queue.isUnderWay() && (isPaused() || !queue.hasWaiting());
  }

  private boolean isPaused() {
    return pauses.include(controller.name());
  }

  /** Plans for the next key although it is paused; returns whether there was one. */
  boolean step(CompletableFuture<Optional<Key>> done) {
    Optional<Key> next = queue.take();
    next.ifPresent(
        key -> {
          steps.put(key, done);
          plan(key);
        });
    return next.isPresent();
  }

  private void add(Key key) {
    queue.add(key);
    takeTurn();
  }

  /** Sees to it that keys that wait are planned for, unless it is paused. */
  void takeTurn() {
    if (!turnIsDue && !stopped && !isPaused()) {
      turnIsDue = true;
      loop.execute(this::turn);
    }
  }

  private void turn() {
    turnIsDue = false;
    for (int planned = 0; planned < MAX_PLANS_PER_TURN && !stopped && !isPaused(); planned++) {
      Optional<Key> key = queue.take();
      if (key.isEmpty()) {
        return;
      }
      plan(key.get());
    }
    takeTurn();
  }

  private void plan(Key key) {
    Loop.Timer timer = timers.remove(key);
    if (timer != null) {
      timer.cancel();
    }
    Plan plan;
    try {
      plan = controller.plan(view, key, clock.instant());
    } catch (RuntimeException e) {
      LOG.error("{} cannot plan for {}", controller.name(), key, e);
      done(key);
      again(key, backoff.failed(key));
      return;
    }
    actions
        .all(plan.steps())
        .whenComplete((unused, failure) -> loop.execute(() -> finished(key, plan, failure)));
  }

  private void finished(Key key, Plan plan, @Nullable Throwable failure) {
    if (stopped) {
      return;
    }
    if (failure != null) {
      failed(key, plan, Actions.reasonOf(failure));
      return;
    }
    backoff.forget(key);
    horizon.whenOwnAreSeen(
        () -> {
          done(key);
          plan.again().ifPresent(delay -> again(key, delay));
        });
  }

  /** What failed may have taken effect all the same, as may the other actions of its step. */
  private void failed(Key key, Plan plan, ApiException failure) {
    Duration wait = backoff.failed(key);
    boolean atOnce =
        failure.reason() == StatusReason.CONFLICT && backoff.failures(key) <= MAX_CONFLICTS_AT_ONCE;
    LOG.debug("{} failed for {}: {}", controller.name(), key, failure.getMessage());
    List<Action> report = atOnce ? List.of() : plan.onFailure().apply(failure);
    actions
        .all(List.of(report))
        .whenComplete(
            (unused, again) ->
                loop.execute(() -> horizon.whenAllAreSeen(() -> retry(key, atOnce, wait))));
  }

  private void retry(Key key, boolean atOnce, Duration wait) {
    done(key);
    if (atOnce) {
      add(key);
    } else {
      again(key, wait);
    }
  }

  private void done(Key key) {
    queue.done(key);
    CompletableFuture<Optional<Key>> step = steps.remove(key);
    if (step != null) {
      step.complete(Optional.of(key));
    }
    takeTurn();
    onDone.run();
  }

  private void again(Key key, Duration delay) {
    if (!stopped) {
      Loop.Timer earlier = timers.put(key, loop.schedule(delay, () -> due(key)));
      if (earlier != null) {
        earlier.cancel();
      }
    }
  }

  private void due(Key key) {
    timers.remove(key);
    add(key);
  }
}
