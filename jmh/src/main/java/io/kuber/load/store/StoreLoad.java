package io.kuber.load.store;

import io.kuber.load.Latencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts kuber's store under load, and etcd beside it when asked, and prints a table: what each did
 * per second, within which time half and 99 of 100 answers came, and the ratio of the two.
 *
 * <p>The stores take turns, round by round, since a disk and a machine are never the same twice; of
 * the rounds of one row the median counts.
 */
public final class StoreLoad {
  private static final double MICRO = 1e3;
  private static final List<Integer> WARM_UP_IN_FLIGHT = List.of(1, 64);
  private static final int FILL_IN_FLIGHT = 256;
  private static final int FILL_BYTES = 1024;
  private static final long FILL_SECONDS = 60;

  private final LoadOptions options;
  private final List<Contestant> contestants = new ArrayList<>();

  /** A store, what the table calls it, and the keys that were used in it. */
  private record Contestant(String name, StoreUnderLoad store, Keys keys) {}

  private StoreLoad(LoadOptions options) {
    this.options = options;
  }

  /** Runs; without arguments it tells its options. */
  public static void main(String[] arguments) throws Exception {
    LoadOptions options;
    try {
      options = LoadOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (Files.exists(options.directory())) {
      System.err.println("--directory: " + options.directory() + " exists already");
      System.exit(2);
    }
    Files.createDirectories(options.directory());
    try {
      new StoreLoad(options).run();
    } finally {
      delete(options.directory());
    }
    System.exit(0);
  }

  private void run() throws Exception {
    try (KuberMembers kuber =
        KuberMembers.start(options.directory().resolve("kuber"), options.peers())) {
      add("kuber", kuber.client(options.through()));
      if (options.etcd().isPresent()) {
        Path directory = options.directory().resolve("etcd");
        try (EtcdMembers etcd =
            EtcdMembers.start(options.etcd().get(), directory, options.peers())) {
          add("etcd", etcd.client(options.through()));
          measure();
        }
      } else {
        measure();
      }
    }
  }

  private void add(String name, StoreUnderLoad store) {
    contestants.add(new Contestant(name, store, new Keys()));
  }

  private void measure() throws Exception {
    for (Contestant contestant : contestants) {
      System.err.println("filling and warming up " + contestant.name);
      fill(contestant.store);
      for (Operation operation : options.operations()) {
        for (int inFlight : WARM_UP_IN_FLIGHT) {
          round(contestant, operation, options.bytes().get(0), inFlight, options.warmUp());
        }
      }
    }
    System.out.print("| bytes | operation | in flight |");
    contestants.forEach(one -> System.out.printf(" %s/s | p50, us | p99, us |", one.name));
    System.out.println(" ratio |");
    System.out.println("|---".repeat(3 + 3 * contestants.size() + 1) + "|");
    for (int bytes : options.bytes()) {
      for (Operation operation : options.operations()) {
        for (int inFlight : options.inFlight()) {
          row(operation, bytes, inFlight);
        }
      }
    }
  }

  /** Makes the objects that are overwritten and read, so many at a time. */
  private static void fill(StoreUnderLoad store) throws Exception {
    for (int from = 0; from < Keys.OWN; from += FILL_IN_FLIGHT) {
      CompletableFuture<?>[] some =
          IntStream.range(from, from + FILL_IN_FLIGHT)
              .mapToObj(key -> store.create(key, value(FILL_BYTES)).toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(some).get(FILL_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void row(Operation operation, int bytes, int inFlight) throws Exception {
    List<List<Round>> rounds = new ArrayList<>();
    contestants.forEach(contestant -> rounds.add(new ArrayList<>()));
    for (int i = 0; i < options.rounds(); i++) {
      for (int place = 0; place < contestants.size(); place++) {
        Contestant contestant = contestants.get(place);
        System.err.printf(
            "%s: %d bytes, %s, %d in flight%n", contestant.name, bytes, operation, inFlight);
        rounds.get(place).add(round(contestant, operation, bytes, inFlight, options.time()));
      }
    }
    print(operation, bytes, inFlight, rounds.stream().map(StoreLoad::median).toList());
  }

  private static Round round(
      Contestant contestant, Operation operation, int bytes, int inFlight, Duration time)
      throws Exception {
    return Round.run(contestant.store, operation, contestant.keys, value(bytes), inFlight, time);
  }

  private static Round median(List<Round> rounds) {
    List<Round> sorted =
        rounds.stream().sorted(Comparator.comparingDouble(Round::perSecond)).toList();
    return sorted.get(sorted.size() / 2);
  }

  private void print(Operation operation, int bytes, int inFlight, List<Round> medians) {
    System.out.printf("| %d | %s | %d |", bytes, operation, inFlight);
    for (Round round : medians) {
      Latencies latencies = round.latencies();
      System.out.printf(
          " %.0f | %.0f | %.0f |",
          round.perSecond(), latencies.percentile(50) / MICRO, latencies.percentile(99) / MICRO);
    }
    boolean both = options.etcd().isPresent();
    Round first = medians.get(0);
    Round last = medians.get(medians.size() - 1);
    System.out.println(both ? " %.1f |".formatted(first.perSecond() / last.perSecond()) : " |");
  }

  /** Bytes that cannot be compressed, the same in every run. */
  private static byte[] value(int bytes) {
    byte[] value = new byte[bytes];
    new Random(bytes).nextBytes(value);
    return value;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
