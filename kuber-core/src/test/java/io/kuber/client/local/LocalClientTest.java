package io.kuber.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.api.ApiException;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.client.Client.WatchListener;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalClientTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final LocalStore store = new LocalStore();
  private final Api api =
      new Api(
          store,
          WatchHub.of(store),
          BuiltInKinds::catalogue,
          AdmissionChain.standard(loops),
          loops);
  private final Client client = new LocalClient(api, User.system("test"), loops.loop("test"));
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void makeNamespace() {
    client.create(Resources.NAMESPACES, Resources.NAMESPACES.object("", "default"));
  }

  @Test
  void readsWhatItWrote() {
    KubeObject made = create("a");
    assertThat(client.get(Resources.CONFIG_MAPS, "default", "a").toCompletableFuture().join())
        .isEqualTo(made);
    assertThat(
            client
                .list(Resources.CONFIG_MAPS, "", ListOptions.ALL)
                .toCompletableFuture()
                .join()
                .objects())
        .containsExactly(made);
  }

  @Test
  void failsWithTheReasonItself() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    client
        .get(Resources.CONFIG_MAPS, "default", "none")
        .whenComplete((object, thrown) -> failure.set(thrown));
    assertThat(failure.get()).isInstanceOf(ApiException.class);
  }

  @Test
  void hearsOfChangesOnItsLoop() throws Exception {
    AutoCloseable watch =
        client.watch(Resources.CONFIG_MAPS, "", ListOptions.ALL, "1", new Recorder());
    create("a");
    client.patch(
        Resources.CONFIG_MAPS,
        "default",
        "a",
        "",
        PatchType.MERGE,
        Tree.of("data", Tree.of("k", "v")));
    client.delete(Resources.CONFIG_MAPS, "default", "a", DeleteOptions.DEFAULT);
    assertThat(seen).isEmpty();
    loops.settle();
    assertThat(seen).containsExactly("added a", "modified a", "deleted a");
    watch.close();
    create("b");
    loops.settle();
    assertThat(seen).hasSize(3);
  }

  private KubeObject create(String name) {
    return client
        .create(Resources.CONFIG_MAPS, Resources.CONFIG_MAPS.object("default", name))
        .toCompletableFuture()
        .join();
  }

  private final class Recorder implements WatchListener {
    @Override
    public void added(KubeObject object) {
      seen.add("added " + object.name());
    }

    @Override
    public void modified(KubeObject object) {
      seen.add("modified " + object.name());
    }

    @Override
    public void deleted(KubeObject object) {
      seen.add("deleted " + object.name());
    }

    @Override
    public void ended(RuntimeException reason) {
      seen.add("ended " + reason.getMessage());
    }
  }
}
