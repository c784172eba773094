package io.kuber.load.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What to measure, and beside what.
 *
 * @param directory where both stores keep their data, on the same disk; must not exist
 * @param etcd the program to put beside kuber
 * @param peers servers on either side
 * @param through whom clients speak to
 * @param warmUp how long each operation runs before anything is measured, with one in flight and as
 *     long with many: a server of one process or another is at its best after a while, and is meant
 *     to run for months
 * @param time how long each round is measured
 * @param rounds of each, in turns; the median counts
 */
record LoadOptions(
    Path directory,
    Optional<Path> etcd,
    int peers,
    Through through,
    List<Integer> inFlight,
    List<Integer> bytes,
    List<Operation> operations,
    Duration warmUp,
    Duration time,
    int rounds) {
  static final String USAGE =
      """
      usage: StoreLoad --directory DIR [--etcd PROGRAM] [--peers 1] [--through leader|follower]
                       [--in-flight 1,16,64,256,1000] [--bytes 1024,4096]
                       [--operations create,update,read] [--warm-up 20] [--seconds 4]
                       [--rounds 3]
      """;

  /** The server that clients speak to. */
  enum Through {
    LEADER,
    FOLLOWER
  }

  private static final int MAX_IN_FLIGHT = Keys.OWN;

  /** Checks the numbers. */
  LoadOptions {
    inFlight = List.copyOf(inFlight);
    bytes = List.copyOf(bytes);
    operations = List.copyOf(operations);
    boolean sane =
        inFlight.stream().allMatch(n -> n > 0 && n <= MAX_IN_FLIGHT)
            && bytes.stream().allMatch(n -> n > 0)
            && peers > (through == Through.FOLLOWER ? 1 : 0)
            && rounds > 0
            && warmUp.toSeconds() > 0
            && time.toSeconds() > 0;
    if (!sane) {
      throw new IllegalArgumentException(
          "numbers must be positive, at most "
              + MAX_IN_FLIGHT
              + " in flight, and a server that follows needs another one; "
              + USAGE);
    }
  }

  /** Reads a command line; throws {@link IllegalArgumentException} with the usage. */
  static LoadOptions parse(String... arguments) {
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    Values values = new Values();
    while (!left.isEmpty()) {
      String name = left.pop();
      if (left.isEmpty()) {
        throw new IllegalArgumentException(name + " needs a value; " + USAGE);
      }
      values.set(name, left.pop());
    }
    return values.options();
  }

  /** The options while they are being read. */
  private static final class Values {
    private Optional<Path> directory = Optional.empty();
    private Optional<Path> etcd = Optional.empty();
    private int peers = 1;
    private Through through = Through.LEADER;
    private List<Integer> inFlight = List.of(1, 16, 64, 256, 1000);
    private List<Integer> bytes = List.of(1024, 4096);
    private List<Operation> operations = List.of(Operation.values());
    private Duration warmUp = Duration.ofSeconds(20);
    private Duration time = Duration.ofSeconds(4);
    private int rounds = 3;

    void set(String name, String value) {
      switch (name) {
        case "--directory" -> directory = Optional.of(Path.of(value));
        case "--etcd" -> etcd = Optional.of(Path.of(value));
        case "--peers" -> peers = Integer.parseInt(value);
        case "--through" -> through = through(value);
        case "--in-flight" -> inFlight = numbers(value);
        case "--bytes" -> bytes = numbers(value);
        case "--operations" -> operations = operations(value);
        case "--warm-up" -> warmUp = Duration.ofSeconds(Long.parseLong(value));
        case "--seconds" -> time = Duration.ofSeconds(Long.parseLong(value));
        case "--rounds" -> rounds = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option " + name + "; " + USAGE);
      }
    }

    LoadOptions options() {
      return new LoadOptions(
          directory.orElseThrow(
              () -> new IllegalArgumentException("--directory is missing; " + USAGE)),
          etcd,
          peers,
          through,
          inFlight,
          bytes,
          operations,
          warmUp,
          time,
          rounds);
    }
  }

  private static Through through(String value) {
    return switch (value) {
      case "leader" -> Through.LEADER;
      case "follower" -> Through.FOLLOWER;
      default -> throw new IllegalArgumentException("--through: no " + value + "; " + USAGE);
    };
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  private static List<Operation> operations(String text) {
    return Arrays.stream(text.split(",")).map(Operation::named).toList();
  }
}
