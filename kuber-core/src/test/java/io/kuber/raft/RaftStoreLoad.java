package io.kuber.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.loop.ThreadLoops;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes into a store without end, and every acknowledgement into a file; somebody kills it. */
final class RaftStoreLoad {
  private static final int IN_FLIGHT = 64;
  private static final int VALUE_BYTES = 900;
  private static final int SNAPSHOT_AFTER_BYTES = 1 << 20;

  private final Store store;
  private final BufferedWriter acknowledged;
  private final AtomicLong next = new AtomicLong();

  private RaftStoreLoad(Store store, BufferedWriter acknowledged) {
    this.store = store;
    this.acknowledged = acknowledged;
  }

  /** Starts a process that runs {@link #main}. */
  static Process start(Path data, Path acknowledged, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RaftStoreLoad.class.getName(),
            data.toString(),
            acknowledged.toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  public static void main(String[] args) throws Exception {
    RaftConfig config =
        RaftConfig.of(Path.of(args[0]), (text, cause) -> Runtime.getRuntime().halt(1))
            .withSnapshotAfterBytes(SNAPSHOT_AFTER_BYTES);
    RaftStore store = RaftStore.open(config, new ThreadLoops());
    RaftStoreLoad load = new RaftStoreLoad(store, Files.newBufferedWriter(Path.of(args[1])));
    for (int i = 0; i < IN_FLIGHT; i++) {
      load.write();
    }
    Thread.currentThread().join();
  }

  private void write() {
    Key key = new Key("pods", "load", "pod-" + next.getAndIncrement());
    store
        .submit(new Command.Put(key, 0, "y".repeat(VALUE_BYTES).getBytes(UTF_8)))
        .thenAccept(
            outcome -> {
              acknowledge(key.name() + " " + ((Outcome.Applied) outcome).stored().revision());
              write();
            });
  }

  private synchronized void acknowledge(String line) {
    try {
      acknowledged.write(line + "\n");
      acknowledged.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
