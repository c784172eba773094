package io.kuber.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client;
import io.kuber.client.local.LocalClient;
import io.kuber.loop.Loop;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.store.Command;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import io.kuber.view.View;
import io.kuber.watch.WatchHub;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever leads no longer writes no more. */
final class FenceTest {
  private static final ResourceType TYPE = Resources.NAMESPACES;

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final Store store = new SlowStore(new LocalStore(), loops.loop("store"));
  private final Client client = client();

  /** Answers later than it does what it is asked for, as a store with a log does. */
  private record SlowStore(Store store, Loop loop) implements Store {
    @Override
    public CompletionStage<Outcome> submit(Command command) {
      CompletableFuture<Outcome> answer = new CompletableFuture<>();
      store.submit(command).thenAccept(done -> loop.execute(() -> answer.complete(done)));
      return answer;
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
      return store.subscribe(listener);
    }

    @Override
    public void unsubscribe(Listener listener) {
      store.unsubscribe(listener);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private Client client() {
    WatchHub hub = WatchHub.of(store);
    CustomCatalogue catalogue =
        new CustomCatalogue(
            store, BuiltInKinds.catalogue(), new CustomKinds(ConversionReviews.NONE), hub::end);
    Api api = new Api(store, hub, catalogue, AdmissionChain.standard(loops), loops);
    return new LocalClient(api, User.system("tester"), loops.loop("client"));
  }

  @AfterEach
  void end() {
    store.close();
  }

  private <T> T settled(CompletionStage<T> stage) {
    loops.settle();
    return stage.toCompletableFuture().join();
  }

  private static KubeObject named(String name) {
    return TYPE.object("", name);
  }

  /** Wants ten objects more for the first one, one after the other. */
  private static final class Slow implements Controller {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public List<Trigger> triggers() {
      return List.of(Trigger.itself(TYPE));
    }

    @Override
    public Plan plan(View view, Key key, Instant now) {
      Plan.Builder plan = Plan.builder();
      if (key.name().equals("first") && view.list(TYPE, "").size() == 1) {
        for (int i = 0; i < 10; i++) {
          plan.then(new Action.Create(TYPE, named("more-" + i)));
        }
      }
      return plan.build();
    }
  }

  @Test
  void readsButWritesNoMoreOnceItIsClosed() {
    Fence fence = new Fence();
    Client fenced = fence.around(client);
    assertThat(settled(fenced.create(TYPE, named("open"))).name()).isEqualTo("open");
    fence.close();
    assertThat(settled(fenced.get(TYPE, "", "open")).name()).isEqualTo("open");
    CompletionStage<String> refused =
        fenced
            .create(TYPE, named("late"))
            .thenApply(KubeObject::name)
            .exceptionally(late -> String.valueOf(Actions.reasonOf(late).getMessage()));
    assertThat(settled(refused)).isEqualTo("the term in which this was decided is over");
  }

  @Test
  void leavesThePlanUnfinishedThatIsUnderWayWhenItStops() {
    Reconciler reconciler =
        new Reconciler("slow", List.of(new Slow()), store, client, loops, () -> List.of(TYPE));
    store.subscribe(new StopAt("more-2", reconciler));
    reconciler.start();
    settled(client.create(TYPE, named("first")));
    assertThat(store.image().get(TYPE.key("", "more-2"))).isNotNull();
    assertThat(store.image().get(TYPE.key("", "more-4"))).isNull();
  }

  /** Stops the controllers as soon as an object is there. */
  private record StopAt(String name, Reconciler reconciler) implements Store.Listener {
    @Override
    public void changed(Delta delta, Image image) {
      if (delta.key().name().equals(name)) {
        reconciler.stop();
      }
    }
  }
}
