package io.kuber.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.kuber.store.Outcome.AllApplied;
import io.kuber.store.Outcome.Applied;
import io.kuber.store.Outcome.Conflict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalStoreTest {
  private static final Key WEB = new Key("pods", "default", "web");

  private final LocalStore store = new LocalStore();

  @Test
  void createsOnlyWhatIsNotThereYet() {
    assertThat(put(WEB, Command.ABSENT, "{}")).isInstanceOf(Applied.class);
    assertThat(put(WEB, Command.ABSENT, "{}")).isInstanceOf(Conflict.class);
    assertThat(store.image().revision()).isEqualTo(1);
  }

  @Test
  void updatesOnlyAtTheExpectedRevision() {
    put(WEB, Command.ABSENT, "{\"a\":1}");
    assertThat(put(WEB, 1, "{\"a\":2}")).isInstanceOf(Applied.class);
    Outcome stale = put(WEB, 1, "{\"a\":3}");
    assertThat(stale).isInstanceOf(Conflict.class);
    assertThat(((Conflict) stale).current()).isNotNull().extracting(Stored::revision).isEqualTo(2L);
    assertThat(found(WEB).object().tree().number(0, "a")).isEqualTo(2);
    assertThat(found(WEB).object().resourceVersion()).isEqualTo("2");
  }

  @Test
  void deletionIsAChangeWithARevisionOfItsOwn() {
    put(WEB, Command.ABSENT, "{}");
    Outcome gone = await(new Command.Delete(WEB, 1, bytes("{\"last\":true}")));
    assertThat(((Applied) gone).stored().revision()).isEqualTo(2);
    assertThat(store.image().get(WEB)).isNull();
    assertThat(await(new Command.Delete(WEB, 2, bytes("{}")))).isEqualTo(new Conflict(null));
    assertThat(await(new Command.Delete(WEB, 0, bytes("{}")))).isEqualTo(new Conflict(null));
  }

  @Test
  void goesOnFromOtherObjectsAtARevisionThatNobodyHasSeen() {
    put(WEB, Command.ABSENT, "{\"a\":1}");
    TreeImage before = store.image();
    put(WEB, 1, "{\"a\":2}");
    List<Long> replaced = new ArrayList<>();
    store.subscribe(
        new Store.Listener() {
          @Override
          public void changed(Delta delta, Image image) {}

          @Override
          public void replaced(Image image) {
            replaced.add(image.revision());
          }
        });
    store.continueWith(before);
    assertThat(replaced).containsExactly(3L);
    assertThat(found(WEB).object().tree().number(0, "a")).isEqualTo(1);
    assertThat(put(WEB, 2, "{}")).as("a write behind the image").isInstanceOf(Conflict.class);
    assertThat(put(WEB, 1, "{}")).isInstanceOf(Applied.class);
    assertThat(store.image().revision()).isEqualTo(4);
  }

  @Test
  void anOldImageStaysAsItWas() {
    put(WEB, Command.ABSENT, "{}");
    Image old = store.image();
    put(WEB, 1, "{\"new\":true}");
    put(new Key("pods", "default", "db"), Command.ABSENT, "{}");
    assertThat(old.count("pods", "")).isEqualTo(1);
    assertThat(old.get(WEB)).isNotNull().extracting(Stored::revision).isEqualTo(1L);
  }

  @Test
  void scansNamespacesInOrderAndFromAKeyOn() {
    for (String name : List.of("b/2", "a/1", "b/1", "a-b/1", "b/10", "c/1")) {
      String[] parts = name.split("/");
      put(new Key("pods", parts[0], parts[1]), Command.ABSENT, "{}");
      put(new Key("pods.example.com", parts[0], parts[1]), Command.ABSENT, "{}");
    }
    assertThat(names("pods", "", null))
        .containsExactly("a/1", "a-b/1", "b/1", "b/10", "b/2", "c/1");
    assertThat(names("pods", "b", null)).containsExactly("b/1", "b/10", "b/2");
    assertThat(names("pods", "b", new Key("pods", "b", "1"))).containsExactly("b/10", "b/2");
    assertThat(names("pods", "b", new Key("pods", "b", "2"))).isEmpty();
    assertThat(names("pods", "b", new Key("pods", "a", "9"))).containsExactly("b/1", "b/10", "b/2");
    assertThat(names("pods", "b", new Key("pods", "c", "1"))).isEmpty();
    assertThat(names("pods", "", new Key("pods", "b", "10"))).containsExactly("b/2", "c/1");
    assertThat(names("pods", "nowhere", null)).isEmpty();
    assertThat(names("nodes", "", null)).isEmpty();
    assertThat(store.image().count("pods", "")).isEqualTo(6);
    assertThat(store.image().count("pods", "a")).isEqualTo(1);
    assertThat(store.image().count("pods", "b")).isEqualTo(3);
  }

  @Test
  void subscribersSeeEveryChangeInOrder() {
    put(WEB, Command.ABSENT, "{}");
    List<Long> seen = new ArrayList<>();
    Store.Listener listener =
        (delta, image) -> {
          assertThat(image.revision()).isEqualTo(delta.revision());
          seen.add(delta.revision());
        };
    Image start = store.subscribe(listener);
    put(WEB, 1, "{}");
    put(WEB, 1, "{}");
    put(WEB, 2, "{}");
    store.unsubscribe(listener);
    put(WEB, 3, "{}");
    assertThat(start.revision()).isEqualTo(1);
    assertThat(seen).containsExactly(2L, 3L);
  }

  @Test
  void writesSeveralObjectsTogetherOrNone() {
    Key data = new Key("pods", "default", "data");
    put(WEB, Command.ABSENT, "{}");
    List<String> seen = new ArrayList<>();
    store.subscribe(
        (delta, image) ->
            seen.add(delta.key().name() + delta.revision() + " of " + store.image().revision()));
    Outcome both = await(together(new Command.Put(data, 0, bytes("{}")), 1));
    assertThat(((AllApplied) both).stored()).extracting(Stored::revision).containsExactly(2L, 3L);
    assertThat(seen).as("nobody reads half").containsExactly("data2 of 3", "web3 of 3");
    Key other = new Key("pods", "default", "other");
    Outcome stale = await(together(new Command.Put(other, 0, bytes("{}")), 1));
    assertThat(((Conflict) stale).current()).isNotNull().extracting(Stored::key).isEqualTo(WEB);
    Outcome there = await(together(new Command.Put(data, 0, bytes("{}")), 3));
    assertThat(((Conflict) there).current()).isNotNull().extracting(Stored::key).isEqualTo(data);
    assertThat(store.image().revision()).isEqualTo(3);
    assertThat(store.image().get(other)).isNull();
  }

  private static Command together(Command.Put first, long expected) {
    return new Command.Together(List.of(first, new Command.Put(WEB, expected, bytes("{}"))));
  }

  @Test
  void writesNoObjectTwiceAtOnce() {
    Command.Put write = new Command.Put(WEB, 1, bytes("{}"));
    assertThatThrownBy(() -> together(write, 1)).hasMessageContaining("2 writes of 1 objects");
    assertThatThrownBy(() -> new Command.Together(List.of())).hasMessageContaining("0 writes");
  }

  @Test
  void aClosedStoreTakesNothing() {
    store.close();
    assertThatThrownBy(
            () -> store.submit(new Command.Put(WEB, 0, bytes("{}"))).toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(StoreException.class)
        .hasRootCauseMessage("the store is closed");
  }

  private List<String> names(String resource, String namespace, @Nullable Key after) {
    return ImmutableList.copyOf(store.image().scan(resource, namespace, after)).stream()
        .map(stored -> stored.key().namespace() + "/" + stored.key().name())
        .toList();
  }

  private Stored found(Key key) {
    Stored stored = store.image().get(key);
    if (stored == null) {
      throw new AssertionError("no " + key);
    }
    return stored;
  }

  private Outcome put(Key key, long expected, String json) {
    return await(new Command.Put(key, expected, bytes(json)));
  }

  private Outcome await(Command command) {
    return store.submit(command).toCompletableFuture().join();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
