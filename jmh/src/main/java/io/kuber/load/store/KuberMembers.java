package io.kuber.load.store;

import io.kuber.loop.ThreadLoops;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** kuber's store in this process, which leads; its peers are processes of their own. */
final class KuberMembers implements AutoCloseable {
  private final ThreadLoops loops = new ThreadLoops();
  private final KuberStore store;

  private KuberMembers(Path directory) {
    store =
        new KuberStore(
            RaftStore.open(
                RaftConfig.of(directory, (text, cause) -> System.err.println(text + ": " + cause)),
                loops));
  }

  static KuberMembers start(Path directory, int count) throws IOException {
    return new KuberMembers(directory);
  }

  Map<String, StoreUnderLoad> stores() {
    return Map.of("kuber", store);
  }

  @Override
  public void close() {
    store.close();
    loops.close();
  }
}
