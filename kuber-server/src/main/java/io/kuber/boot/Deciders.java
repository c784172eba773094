package io.kuber.boot;

import com.google.common.collect.ImmutableList;
import io.kuber.controller.Controllers;
import io.kuber.reconcile.Reconciler;
import io.kuber.scheduler.SchedulerLoop;
import io.kuber.store.Key;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The controllers and the scheduler of an embedded cluster, by name. For any thread; what is asked
 * first is done first.
 */
final class Deciders {
  static final String SCHEDULER = "kube-scheduler";

  /** Every name: those of the controllers, and the scheduler's. */
  static final List<String> NAMES =
      ImmutableList.<String>builder().addAll(Controllers.names()).add(SCHEDULER).build();

  private final Reconciler controllers;
  private final SchedulerLoop scheduler;

  private Deciders(Reconciler controllers, SchedulerLoop scheduler) {
    this.controllers = controllers;
    this.scheduler = scheduler;
  }

  /** Starts all but those that are paused, which wait. */
  static Deciders start(Reconciler controllers, SchedulerLoop scheduler, Set<String> paused) {
    Deciders deciders = new Deciders(controllers, scheduler);
    paused.forEach(deciders::pause);
    controllers.start();
    if (!paused.contains(SCHEDULER)) {
      scheduler.start();
    }
    return deciders;
  }

  /** Throws {@link IllegalArgumentException}, which lists all names, when this is none of them. */
  static void check(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "there is no controller \"" + name + "\"; there are " + String.join(", ", NAMES));
    }
  }

  /** Completes once it begins nothing new. */
  CompletionStage<Void> pause(String name) {
    check(name);
    return name.equals(SCHEDULER) ? scheduler.stop() : controllers.pause(name);
  }

  void resume(String name) {
    check(name);
    if (name.equals(SCHEDULER)) {
      scheduler.start();
    } else {
      controllers.resume(name);
    }
  }

  /** See {@link Reconciler#step}; the scheduler looks at all pods together and has no steps. */
  CompletionStage<Optional<Key>> step(String name) {
    check(name);
    if (name.equals(SCHEDULER)) {
      throw new IllegalArgumentException(
          SCHEDULER + " takes no single steps: resume it, and pause it again");
    }
    return controllers.step(name);
  }

  /** See {@link Reconciler#idle}. */
  CompletionStage<Void> idle() {
    return controllers.idle();
  }

  /** Completes once nothing new is decided. */
  CompletionStage<Void> stop() {
    CompletableFuture<Void> scheduling = scheduler.stop().toCompletableFuture();
    return controllers.stop().thenCompose(unused -> scheduling);
  }
}
