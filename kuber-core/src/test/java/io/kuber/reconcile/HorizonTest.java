package io.kuber.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.LocalStore;
import io.kuber.view.View;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks wait for a view that is behind, and for no longer. */
final class HorizonTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final LocalStore store = new LocalStore();
  private final View view = new View(store.image(), List.<ResourceType>of());
  private final Horizon horizon = new Horizon(store, view, loops.loop("test"));
  private final Deque<Runnable> late = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  HorizonTest() {
    store.subscribe((delta, image) -> late.add(() -> advance(delta, image)));
  }

  private void advance(Delta delta, Image image) {
    view.advance(delta, image);
    horizon.advanced();
  }

  private void write(String name) {
    KubeObject map = Resources.CONFIG_MAPS.object("default", name);
    store.submit(
        new Command.Put(Resources.CONFIG_MAPS.keyOf(map), Command.ABSENT, Json.print(map.tree())));
  }

  private void learn() {
    late.remove().run();
  }

  @Test
  void runsAtOnceWhatWaitsForNothing() {
    horizon.whenOwnAreSeen(() -> done.add("own"));
    horizon.whenAllAreSeen(() -> done.add("all"));
    loops.settle();
    assertThat(done).containsExactly("own", "all");
  }

  @Test
  void waitsUntilTheViewContainsWhatTheStoreContainedWhenItWasAsked() {
    write("a");
    horizon.whenOwnAreSeen(() -> done.add("first"));
    write("b");
    horizon.whenAllAreSeen(() -> done.add("second"));
    horizon.whenOwnAreSeen(() -> done.add("third"));
    loops.settle();
    write("c");
    assertThat(done).isEmpty();
    learn();
    assertThat(done).containsExactly("first");
    learn();
    assertThat(done).containsExactly("first", "third", "second");
  }
}
