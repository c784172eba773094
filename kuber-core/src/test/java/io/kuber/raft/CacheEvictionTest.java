package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.ThreadLoops;
import io.kuber.store.Command;
import io.kuber.store.Key;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheEvictionTest {
  @TempDir Path directory;

  /** Fails when Ratis calls the thread by another name, which would make stops hang unseen. */
  @Test
  void endsTheThreadOfOneMemberWhileItsLogGoesOn() {
    RaftConfig config = RaftConfig.of(directory, (text, cause) -> {});
    try (ThreadLoops loops = new ThreadLoops();
        RaftStore store = RaftStore.open(config, loops)) {
      String peer = store.log().self().toString();
      assertThat(threads(peer)).hasSize(1);
      CacheEviction.end(store.log().member());
      assertThat(threads(peer)).isEmpty();
      Key key = new Key("pods", "default", "web");
      TestCluster.await(store.submit(new Command.Put(key, 0, new byte[] {'{', '}'})));
      assertThat(store.image().get(key)).isNotNull();
    }
  }

  private static List<Thread> threads(String peer) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(peer))
        .filter(thread -> thread.getName().contains("cacheEviction"))
        .toList();
  }
}
