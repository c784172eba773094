package io.kuber.boot;

import io.kuber.loop.Loops;
import io.kuber.raft.FaultHandler;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the store that a data directory holds. */
final class DurableStore {
  private DurableStore() {}

  /**
   * Opens it, and makes it where there is none.
   *
   * @throws StartException when the directory cannot be used
   */
  static RaftStore open(Path dataDir, FaultHandler faults, Loops loops) throws StartException {
    try {
      Files.createDirectories(dataDir);
      if (!Files.isWritable(dataDir)) {
        throw new StartException("cannot write to " + dataDir + "; choose another with --data-dir");
      }
      return RaftStore.open(RaftConfig.of(dataDir.resolve("store"), faults), loops);
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StartException(
          "cannot use the data directory "
              + dataDir
              + ": "
              + e
              + "; choose another with --data-dir");
    }
  }
}
