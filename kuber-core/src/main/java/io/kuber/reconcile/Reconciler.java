package io.kuber.reconcile;

import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.ResourceType;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.view.View;
import java.util.Collection;
import java.util.List;
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

  /** What runs between a start and a stop; written on {@link #loop} only. */
  private List<Run> current = List.of();

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
            Run run = new Run();
            current = List.of(run);
            run.start();
          }
        });
  }

  /** Stops: plans that are under way end, nothing new begins. May be called from any thread. */
  public void stop() {
    loop.execute(
        () -> {
          current.forEach(Run::end);
          current = List.of();
        });
  }

  /** One term of leadership. */
  private final class Run implements Store.Listener {
    private final View view;
    private final Horizon horizon;
    private final List<ControllerRunner> runners;

    /** Until then changes only go into the view. */
    private boolean begun;

    Run() {
      Image base = store.subscribe(this);
      view = new View(base, resources.get());
      horizon = new Horizon(store, view, loop);
      EventRecorder events = new EventRecorder(clients.of(Clients.NOBODY), loops.clock());
      runners =
          controllers.stream()
              .map(
                  controller ->
                      new ControllerRunner(
                          controller,
                          view,
                          horizon,
                          loop,
                          loops.clock(),
                          actions(controller.name(), events)))
              .toList();
    }

    private Actions actions(String controller, EventRecorder events) {
      return new Actions(controller, clients.of(controller), loop, events);
    }

    void start() {
      horizon.whenAllAreSeen(this::begin);
    }

    /** Looks at everything there is. */
    private void begin() {
      begun = true;
      Image image = view.image();
      for (ResourceType type : resources.get()) {
        image.scan(type.qualifiedName(), "", null).forEachRemaining(this::found);
      }
    }

    void end() {
      store.unsubscribe(this);
      runners.forEach(ControllerRunner::stop);
    }

    private void found(Stored stored) {
      announce(Change.found(stored));
    }

    @Override
    public void changed(Delta delta, Image image) {
      loop.execute(() -> advance(delta, image));
    }

    private void advance(Delta delta, Image image) {
      if (current.contains(this)) {
        view.advance(delta, image);
        if (begun) {
          announce(Change.of(delta));
        }
        horizon.advanced();
      }
    }

    private void announce(Change change) {
      runners.forEach(runner -> runner.changed(change));
    }
  }
}
