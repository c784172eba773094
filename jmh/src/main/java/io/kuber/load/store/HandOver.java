package io.kuber.load.store;

import io.kuber.raft.RaftStore;
import io.kuber.store.Command;
import io.kuber.store.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long a cluster of three takes no writes while another server becomes its leader on request,
 * and how soon the new leader may run controllers. One client writes without a pause; leadership
 * goes back and forth between the server in this process and another.
 */
public final class HandOver {
  private static final int SERVERS = 3;
  private static final int TIMES = 20;
  private static final int WARM_UP = 3_000;
  private static final int WRITES_BETWEEN = 200;
  private static final int BYTES = 1024;
  private static final long PATIENCE_SECONDS = 60;
  private static final double MILLI = 1e6;

  private final RaftStore store;
  private final byte[] value = new byte[BYTES];
  private final List<Long> gaps = new ArrayList<>();
  private final List<Long> begins = new ArrayList<>();
  private volatile long began;
  private int written;

  private HandOver(RaftStore store) {
    this.store = store;
  }

  /** Runs in a directory that must not exist; leaves its data there. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1 || Files.exists(Path.of(arguments[0]))) {
      System.err.println("usage: HandOver DIR, a directory that does not exist yet");
      System.exit(2);
    }
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    try (KuberMembers members = KuberMembers.start(directory, SERVERS)) {
      new HandOver(members.store()).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    store.leadership(leads -> began = leads ? System.nanoTime() : began);
    write(WARM_UP);
    for (int i = 0; i < TIMES; i++) {
      System.err.printf("handing over: %d of %d%n", 2 * i + 1, 2 * TIMES);
      handOver("m1");
      long asked = handOver("m0");
      begins.add(began - asked);
    }
    System.out.println("| leadership changes hands on request | median | longest |");
    System.out.println("|---|---|---|");
    print("longest write of a client", gaps);
    print("until the new leader runs controllers", begins);
  }

  /** Returns when it was asked for. */
  private long handOver(String name) throws Exception {
    write(WRITES_BETWEEN);
    long asked = System.nanoTime();
    CompletableFuture<Void> done = store.members().transfer(name).toCompletableFuture();
    long longest = 0;
    while (!done.isDone()) {
      longest = Math.max(longest, write(1));
    }
    done.get();
    gaps.add(Math.max(longest, write(WRITES_BETWEEN)));
    return asked;
  }

  /** Returns how long the longest of so many writes took, in nanoseconds. */
  private long write(int times) throws Exception {
    long longest = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      store
          .submit(new Command.Put(new Key("handover", "", "h-" + written++), 0, value))
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      longest = Math.max(longest, System.nanoTime() - start);
    }
    return longest;
  }

  private static void print(String what, List<Long> nanos) {
    Collections.sort(nanos);
    System.out.printf(
        "| %s | %.0f ms | %.0f ms |%n",
        what, nanos.get(nanos.size() / 2) / MILLI, nanos.get(nanos.size() - 1) / MILLI);
  }
}
