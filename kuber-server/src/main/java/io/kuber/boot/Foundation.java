package io.kuber.boot;

import com.google.common.base.Suppliers;
import io.kuber.loop.Loops;
import io.kuber.raft.FaultHandler;
import io.kuber.server.trust.SigningKey;
import io.kuber.store.LocalStore;
import io.kuber.store.Store;
import java.io.IOException;
import java.util.function.Supplier;

/** What an embedded cluster stands on: its store, and the key that signs its tokens. */
final class Foundation {
  private Foundation() {}

  static Store store(KuberOptions options, Loops loops, FaultHandler faults) throws StartException {
    return options.dataDir().isPresent()
        ? new DurableStore(options.dataDir().get(), faults, loops).open()
        : new LocalStore(options.image());
  }

  /** Kept with the store; in memory, where few embedders ask for tokens, made for the first one. */
  static Supplier<SigningKey> tokenKey(KuberOptions options) throws IOException {
    if (options.dataDir().isEmpty()) {
      return Suppliers.memoize(SigningKey::create);
    }
    SigningKey kept = SigningKey.open(options.dataDir().get().resolve("pki"));
    return () -> kept;
  }
}
