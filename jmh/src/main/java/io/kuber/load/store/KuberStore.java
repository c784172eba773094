package io.kuber.load.store;

import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** kuber's store: a write is compare-and-set on the revision that the lane saw last. */
final class KuberStore implements StoreUnderLoad {
  private final Store store;
  private final ConcurrentHashMap<Integer, Long> revisions = new ConcurrentHashMap<>();

  KuberStore(Store store) {
    this.store = store;
  }

  @Override
  public CompletionStage<?> create(int key, byte[] value) {
    return put(key, Command.ABSENT, value);
  }

  @Override
  public CompletionStage<?> update(int key, byte[] value) {
    return put(key, revisions.getOrDefault(key, Command.ABSENT), value);
  }

  private CompletionStage<?> put(int number, long expected, byte[] value) {
    return store
        .submit(new Command.Put(key(number), expected, value))
        .thenAccept(
            outcome -> {
              if (!(outcome instanceof Outcome.Applied applied)) {
                throw new IllegalStateException("somebody else wrote " + key(number));
              }
              if (number < Keys.OWN) {
                revisions.put(number, applied.stored().revision());
              }
            });
  }

  @Override
  public CompletionStage<?> read(int number) {
    return store
        .latest()
        .thenAccept(
            image -> {
              if (image.get(key(number)) == null) {
                throw new IllegalStateException("there is no " + key(number));
              }
            });
  }

  private static Key key(int number) {
    return new Key("pods", "load-" + number % 97, "pod-" + number);
  }

  @Override
  public void close() {
    // Belongs to its members.
  }
}
