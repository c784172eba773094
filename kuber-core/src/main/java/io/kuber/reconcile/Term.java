package io.kuber.reconcile;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.ResourceType;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.view.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One term of leadership: from the first image to the stop. Owned by the reconciler's loop. */
final class Term implements Store.Listener {
  private final Store store;
  private final Loop loop;
  private final Supplier<? extends Collection<ResourceType>> resources;
  private final View view;
  private final Horizon horizon;
  private final List<ControllerRunner> runners;
  private final Fence fence = new Fence();

  private boolean over;

  /** Until then changes only go into the view. */
  private boolean begun;

  /** Who waits until nothing is left to do. */
  private final List<CompletableFuture<Void>> idlers = new ArrayList<>();

  Term(
      List<Controller> controllers,
      Store store,
      Clients clients,
      Loops loops,
      Supplier<? extends Collection<ResourceType>> resources,
      Loop loop,
      Pauses pauses) {
    this.store = store;
    this.loop = loop;
    this.resources = resources;
    Image base = store.subscribe(this);
    view = new View(base, resources.get());
    horizon = new Horizon(store, view, loop);
    EventRecorder events =
        new EventRecorder(fence.around(clients.of(Clients.NOBODY)), loops.clock());
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
                        new Actions(
                            controller.reporter(),
                            fence.around(clients.of(controller.name())),
                            loop,
                            events),
                        pauses,
                        this::look))
            .toList();
  }

  /** Waits for what those did who led before, and then looks at everything there is. */
  void begin() {
    horizon.whenAllAreSeen(this::lookAtAll);
  }

  private void lookAtAll() {
    begun = true;
    Image image = view.image();
    for (ResourceType type : resources.get()) {
      image.scan(type.qualifiedName(), "", null).forEachRemaining(this::found);
    }
    look();
  }

  void resume(String controller) {
    runners.stream().filter(runner -> runner.runs(controller)).forEach(ControllerRunner::takeTurn);
  }

  /** Several controllers may share a name; the first that has a key takes the step. */
  void step(String controller, CompletableFuture<Optional<Key>> done) {
    horizon.whenAllAreSeen(
        () -> {
          boolean taken =
              runners.stream()
                  .filter(runner -> runner.runs(controller))
                  .anyMatch(runner -> runner.step(done));
          if (!taken) {
            done.complete(Optional.empty());
          }
        });
  }

  void whenIdle(CompletableFuture<Void> idle) {
    idlers.add(idle);
    look();
  }

  /** Tells the idlers when there is nothing to do, and no change on its way. */
  void look() {
    if (begun
        && !idlers.isEmpty()
        && view.image().revision() >= store.image().revision()
        && runners.stream().allMatch(ControllerRunner::isIdle)) {
      List<CompletableFuture<Void>> told = List.copyOf(idlers);
      idlers.clear();
      told.forEach(idle -> idle.complete(null));
    }
  }

  void end() {
    over = true;
    fence.close();
    store.unsubscribe(this);
    runners.forEach(ControllerRunner::stop);
    idlers.forEach(idle -> idle.complete(null));
  }

  private void found(Stored stored) {
    announce(Change.found(stored));
  }

  @Override
  public void changed(Delta delta, Image image) {
    loop.execute(() -> advance(delta, image));
  }

  private void advance(Delta delta, Image image) {
    if (!over) {
      view.advance(delta, image);
      if (begun) {
        announce(Change.of(delta));
      }
      horizon.advanced();
      look();
    }
  }

  private void announce(Change change) {
    runners.forEach(runner -> runner.changed(change));
  }
}
