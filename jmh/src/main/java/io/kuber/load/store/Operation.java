package io.kuber.load.store;

import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** What the load does again and again. */
enum Operation {
  CREATE {
    @Override
    CompletionStage<?> run(StoreUnderLoad store, Keys keys, int lane, byte[] value) {
      return store.create(keys.fresh(), value);
    }
  },
  UPDATE {
    @Override
    CompletionStage<?> run(StoreUnderLoad store, Keys keys, int lane, byte[] value) {
      return store.update(keys.own(lane), value);
    }
  },
  READ {
    @Override
    CompletionStage<?> run(StoreUnderLoad store, Keys keys, int lane, byte[] value) {
      return store.read(keys.own(lane));
    }
  };

  /** The operation of that name; throws {@link IllegalArgumentException} when there is none. */
  static Operation named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Starts one operation of a lane. */
  abstract CompletionStage<?> run(StoreUnderLoad store, Keys keys, int lane, byte[] value);
}
