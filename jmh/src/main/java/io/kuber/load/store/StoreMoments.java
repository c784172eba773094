package io.kuber.load.store;

import io.kuber.load.Latencies;
import io.kuber.loop.ThreadLoops;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.watch.WatchHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What a store with many objects does in the moments that count: how long it is away when it is
 * started again, how long a write waits at most while a snapshot is written, and how soon a watcher
 * in the process hears of a change.
 */
public final class StoreMoments {
  private static final int OBJECTS = 150_000;
  private static final int BYTES = 2048;
  private static final int IN_FLIGHT = 500;
  private static final int WATCHED = 20_000;
  private static final long PATIENCE_SECONDS = 120;
  private static final Duration STALL_TIME = Duration.ofSeconds(8);
  private static final double MICRO = 1e3;
  private static final double MILLI = 1e6;

  private final Path directory;
  private final ThreadLoops loops = new ThreadLoops();

  private StoreMoments(Path directory) {
    this.directory = directory;
  }

  /** Runs in a directory that must not exist; leaves its data there. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1 || Files.exists(Path.of(arguments[0]))) {
      System.err.println("usage: StoreMoments DIR, a directory that does not exist yet");
      System.exit(2);
    }
    new StoreMoments(Path.of(arguments[0])).run();
    System.exit(0);
  }

  private void run() throws Exception {
    System.err.printf("writing %,d objects of %,d bytes%n", OBJECTS, BYTES);
    try (RaftStore store = open(Long.MAX_VALUE)) {
      fill(store);
    }
    System.out.println("| moment | |");
    System.out.println("|---|---|");
    System.out.printf("| start again, from the log alone | %.0f ms |%n", restart(Long.MAX_VALUE));
    System.err.println("writing a snapshot under load");
    System.out.printf("| longest write while snapshots are written | %.0f ms |%n", stall());
    System.out.printf("| start again, from a snapshot | %.0f ms |%n", restart(Long.MAX_VALUE));
    watch();
  }

  private RaftStore open(long snapshotAfterBytes) {
    RaftConfig config =
        RaftConfig.of(directory, (text, cause) -> System.err.println(text + ": " + cause))
            .withSnapshotAfterBytes(snapshotAfterBytes);
    return RaftStore.open(config, loops);
  }

  private static void fill(RaftStore store) throws Exception {
    byte[] value = value();
    for (int from = 0; from < OBJECTS; from += IN_FLIGHT) {
      CompletableFuture<?>[] some =
          IntStream.range(from, from + IN_FLIGHT)
              .mapToObj(i -> store.submit(new Command.Put(key(i), 0, value)).toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(some).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Key key(int number) {
    return new Key("pods", "ns-" + number % 500, "pod-" + number);
  }

  private static byte[] value() {
    byte[] value = new byte[BYTES];
    new Random(1).nextBytes(value);
    return value;
  }

  private double restart(long snapshotAfterBytes) {
    long start = System.nanoTime();
    try (RaftStore store = open(snapshotAfterBytes)) {
      double millis = (System.nanoTime() - start) / MILLI;
      if (store.image().count("pods", "") < OBJECTS) {
        throw new IllegalStateException("objects are missing after a start");
      }
      return millis;
    }
  }

  /** One write after the other, with snapshots of all objects being written all the time. */
  private double stall() throws Exception {
    long longest = 0;
    try (RaftStore store = open(1)) {
      byte[] value = value();
      long end = System.nanoTime() + STALL_TIME.toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        long start = System.nanoTime();
        store
            .submit(new Command.Put(new Key("stall", "", "s-" + i), 0, value))
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        longest = Math.max(longest, System.nanoTime() - start);
      }
    }
    return longest / MILLI;
  }

  private void watch() throws Exception {
    try (RaftStore store = open(Long.MAX_VALUE);
        WatchHub hub = WatchHub.of(store)) {
      WatchDelay delay = new WatchDelay(store, hub, loops.loop("watcher"), WATCHED);
      byte[] value = value();
      for (int i = 0; i < WATCHED; i++) {
        store
            .submit(new Command.Put(delay.key(i), 0, value))
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      Latencies latencies = delay.seen().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      System.out.printf(
          "| from applied to a watcher in the process | p50 %.0f us, p99 %.0f us |%n",
          latencies.percentile(50) / MICRO, latencies.percentile(99) / MICRO);
    }
  }
}
