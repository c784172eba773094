package io.kuber.reconcile;

import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.ResourceType;
import io.kuber.store.Key;
import io.kuber.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs a list of controllers on one loop, over one view.
 *
 * <p>Started and stopped as this process gains and loses leadership; every start looks at every
 * object anew, once the view contains whatever those did who led before.
 */
public final class Reconciler {
  private final List<Controller> controllers;
  private final Store store;
  private final Clients clients;
  private final Loops loops;
  private final Supplier<? extends Collection<ResourceType>> resources;
  private final Loop loop;

  /** Outlives starts and stops; touched on {@link #loop} only. */
  private final Pauses pauses = new Pauses();

  /** What runs between a start and a stop; written on {@link #loop} only. */
  private List<Term> current = List.of();

  /** Controllers that read the store and all write through the one client. */
  public Reconciler(
      String name,
      List<Controller> controllers,
      Store store,
      Client client,
      Loops loops,
      Supplier<? extends Collection<ResourceType>> resources) {
    this(name, controllers, store, controller -> client, loops, resources);
  }

  /**
   * Controllers that read the store and write through clients of their own.
   *
   * @param name the name of the loop
   * @param resources all resources there are, built in or custom, asked at each start
   */
  public Reconciler(
      String name,
      List<Controller> controllers,
      Store store,
      Clients clients,
      Loops loops,
      Supplier<? extends Collection<ResourceType>> resources) {
    this.controllers = List.copyOf(controllers);
    this.store = store;
    this.clients = clients;
    this.loops = loops;
    this.resources = resources;
    this.loop = loops.loop(name);
  }

  /** Starts; does nothing when started already. May be called from any thread. */
  public void start() {
    loop.execute(
        () -> {
          if (current.isEmpty()) {
            Term term = new Term(controllers, store, clients, loops, resources, loop, pauses);
            current = List.of(term);
            term.begin();
          }
        });
  }

  /**
   * Stops: nothing new begins, and plans that are under way send nothing more. May be called from
   * any thread; completes once that holds, while what was sent may still take effect.
   */
  public CompletionStage<Void> stop() {
    return CompletableFuture.runAsync(
        () -> {
          current.forEach(Term::end);
          current = List.of();
        },
        loop);
  }

  /**
   * Lets a controller do nothing by itself until {@link #resume}: what it should look at waits. May
   * be called from any thread, before a start as well; completes once it begins nothing new.
   */
  public CompletionStage<Void> pause(String controller) {
    return CompletableFuture.runAsync(
        () -> {
          pauses.add(controller);
          current.forEach(Term::look);
        },
        loop);
  }

  /** Lets a paused controller go on with all that waits. May be called from any thread. */
  public void resume(String controller) {
    loop.execute(
        () -> {
          pauses.remove(controller);
          current.forEach(term -> term.resume(controller));
        });
  }

  /**
   * Lets a paused controller look at one key, the one that waits the longest, once the view
   * contains every write that took effect before. May be called from any thread; completes with
   * that key when its plan is carried out, or with nothing when no key waits.
   */
  public CompletionStage<Optional<Key>> step(String controller) {
    CompletableFuture<Optional<Key>> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          if (!pauses.include(controller)) {
            done.completeExceptionally(
                new IllegalStateException(controller + " is not paused: it takes its own steps"));
          } else if (current.isEmpty()) {
            done.complete(Optional.empty());
          } else {
            current.forEach(term -> term.step(controller, done));
          }
        });
    return done;
  }

  /**
   * Completes once no controller has anything to do but to wait for a time, or for being resumed.
   * May be called from any thread.
   */
  public CompletionStage<Void> idle() {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    loop.execute(
        () -> {
          if (current.isEmpty()) {
            idle.complete(null);
          } else {
            current.forEach(term -> term.whenIdle(idle));
          }
        });
    return idle;
  }
}
