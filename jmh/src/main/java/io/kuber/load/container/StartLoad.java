package io.kuber.load.container;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.load.Latencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures from the start of {@code /bin/true} to the moment when nothing of it is left, one at a
 * time and eight at once, and running it in a container that is there. Prints a table.
 *
 * <p>Arguments: a directory that it makes and removes, and how many starts of each are measured.
 */
public final class StartLoad {
  private static final int AT_ONCE = 8;

  /** So many until the compiler of the JVM has seen all of it. */
  private static final int WARM_UP = 300;

  private static final int PER_TURN = 5;
  private static final double MILLI = 1e6;
  private static final long LIMIT_SECONDS = 120;

  private final List<Starter> starters;
  private final int starts;

  private StartLoad(List<Starter> starters, int starts) {
    this.starters = starters;
    this.starts = starts;
  }

  /** Something to measure: what a starter does once in a lane. */
  private interface Deed {
    void run(Starter starter, int lane) throws IOException, InterruptedException;
  }

  /** Runs as root, where control groups are of version 1. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2 || !arguments[1].matches("[1-9][0-9]{0,5}")) {
      System.err.println("StartLoad DIRECTORY STARTS");
      System.exit(2);
    }
    // The way without a helper program: what starting a program costs is not to be measured.
    System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
    Path directory = Files.createDirectory(Path.of(arguments[0]).toAbsolutePath());
    List<Starter> starters = new ArrayList<>();
    try {
      Bundle bundle = Bundle.make(directory.resolve("root"));
      open(directory, bundle, starters);
      new StartLoad(starters, Integer.parseInt(arguments[1])).measure();
    } finally {
      for (Starter starter : starters) {
        starter.end();
      }
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    System.exit(0);
  }

  private static void open(Path directory, Bundle bundle, List<Starter> starters)
      throws IOException, InterruptedException {
    starters.add(new KuberStarter(directory.resolve("kuber"), bundle));
    Optional<Path> compiler = Programs.find("gcc");
    if (compiler.isPresent()) {
      Path own = Files.createDirectory(directory.resolve("floor"));
      starters.add(new FloorStarter(compiler.get(), own, bundle, AT_ONCE));
    }
    for (String name : List.of("crun", "runc")) {
      Optional<Path> program = Programs.find(name);
      if (program.isPresent()) {
        Path own = Files.createDirectory(directory.resolve(name));
        starters.add(new OciStarter(name, program.get(), own, bundle));
      }
    }
  }

  private void measure() throws Exception {
    System.out.print("| |");
    starters.forEach(starter -> System.out.printf(" %s p50, ms | p99 |", starter.name()));
    starters.stream()
        .skip(1)
        .forEach(starter -> System.out.printf(" kuber / %s |", starter.name()));
    System.out.println();
    System.out.println("|---".repeat(3 * starters.size()) + "|");
    alone((starter, lane) -> starter.start(lane), starters, WARM_UP);
    print("one at a time", alone((starter, lane) -> starter.start(lane), starters, starts));
    print(AT_ONCE + " at once", together());
    List<Starter> joining = starters.stream().filter(Starter::joins).toList();
    alone((starter, lane) -> starter.join(), joining, WARM_UP);
    print("exec", alone((starter, lane) -> starter.join(), joining, starts));
  }

  /** Everybody once, again and again. */
  private static Map<Starter, Latencies> alone(Deed deed, List<Starter> starters, int rounds)
      throws IOException, InterruptedException {
    Map<Starter, Latencies> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Starter starter : starters) {
        all.computeIfAbsent(starter, unused -> new Latencies()).add(time(deed, starter, 0));
      }
    }
    return all;
  }

  private static long time(Deed deed, Starter starter, int lane)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    deed.run(starter, lane);
    return System.nanoTime() - start;
  }

  /** Everybody in turns of some starts in every lane. */
  private Map<Starter, Latencies> together()
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<Starter, Latencies> all = new LinkedHashMap<>();
    ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (int done = 0; done < starts; done += AT_ONCE * PER_TURN) {
        for (Starter starter : starters) {
          turn(starter, lanes, all.computeIfAbsent(starter, unused -> new Latencies()));
        }
      }
    } finally {
      lanes.shutdownNow();
    }
    return all;
  }

  private static void turn(Starter starter, ExecutorService lanes, Latencies counted)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<Latencies>> turns = new ArrayList<>();
    for (int lane = 0; lane < AT_ONCE; lane++) {
      int own = lane;
      turns.add(
          lanes.submit(
              () -> {
                Latencies latencies = new Latencies();
                for (int i = 0; i < PER_TURN; i++) {
                  latencies.add(time((one, in) -> one.start(in), starter, own));
                }
                return latencies;
              }));
    }
    for (Future<Latencies> turn : turns) {
      counted.add(turn.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
  }

  private void print(String what, Map<Starter, Latencies> measured) {
    System.out.printf("| %s |", what);
    for (Starter starter : starters) {
      Latencies latencies = measured.getOrDefault(starter, new Latencies());
      System.out.print(
          latencies.count() == 0
              ? " | |"
              : " %.1f | %.1f |"
                  .formatted(latencies.percentile(50) / MILLI, latencies.percentile(99) / MILLI));
    }
    double own = measured.getOrDefault(starters.get(0), new Latencies()).percentile(50);
    for (Starter other : starters.subList(1, starters.size())) {
      double theirs = measured.getOrDefault(other, new Latencies()).percentile(50);
      System.out.print(theirs == 0 ? " |" : " %.2f |".formatted(own / theirs));
    }
    System.out.println();
  }
}
