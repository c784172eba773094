package io.kuber.boot;

import io.kuber.loop.Loops;
import io.kuber.raft.FaultHandler;
import io.kuber.raft.Peering;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.store.Sealing;
import io.kuber.store.StoreException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Opens the store that a data directory holds, and makes it where there is none. */
final class DurableStore {
  private final Path dataDir;
  private final Sealing sealing;
  private final FaultHandler faults;
  private final Loops loops;

  DurableStore(Path dataDir, Sealing sealing, FaultHandler faults, Loops loops) {
    this.dataDir = dataDir;
    this.sealing = sealing;
    this.faults = faults;
    this.loops = loops;
  }

  /**
   * Opens the store of a server that is alone; it is ready then.
   *
   * @throws StartException when the directory cannot be used
   */
  RaftStore open() throws StartException {
    return opened(() -> RaftStore.open(config(), loops));
  }

  /**
   * Opens the store of a server that may have peers, which it may still have to find.
   *
   * @throws StartException when the directory cannot be used
   */
  RaftStore start(Peering peering) throws StartException {
    return opened(() -> RaftStore.start(config().withPeering(peering), loops));
  }

  private Path store() {
    return dataDir.resolve("store");
  }

  private RaftConfig config() {
    return RaftConfig.of(store(), faults).withSealing(sealing);
  }

  private RaftStore opened(Supplier<RaftStore> opening) throws StartException {
    DataDirectory.make(dataDir);
    DataDirectory.makeInside(store());
    try {
      return opening.get();
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }
}
