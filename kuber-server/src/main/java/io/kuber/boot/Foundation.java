package io.kuber.boot;

import com.google.common.base.Suppliers;
import io.kuber.loop.Loops;
import io.kuber.raft.FaultHandler;
import io.kuber.server.encryption.Vault;
import io.kuber.server.trust.SigningKey;
import io.kuber.store.LocalStore;
import io.kuber.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** What an embedded cluster stands on: its store, and the key that signs its tokens. */
final class Foundation {
  private Foundation() {}

  static Store store(KuberOptions options, Loops loops, FaultHandler faults) throws StartException {
    if (options.dataDir().isEmpty()) {
      return new LocalStore(options.image());
    }
    Path dataDir = options.dataDir().get();
    DataDirectory.make(dataDir);
    Vault vault = EncryptionFiles.open(dataDir, Optional.empty());
    return new DurableStore(dataDir, vault, faults, loops).open();
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
