package io.kuber.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What to do to which server.
 *
 * @param server takes the place of the address in the kubeconfig
 * @param time how long each operation is measured, after a quarter of it to warm up
 * @param bytes the payload of each object
 * @param objects objects that lists and reads find
 * @param quota whether a quota, never used up, counts all objects
 */
record LoadOptions(
    Path kubeconfig,
    Optional<String> server,
    List<Integer> connections,
    Duration time,
    int bytes,
    int objects,
    boolean http2,
    boolean quota) {
  static final String USAGE =
      """
      usage: ApiLoad [--kubeconfig FILE] [--server URL] [--connections 1,16,64,256] [--seconds 5]
                     [--bytes 1024] [--objects 500] [--http2] [--quota]
      """;

  private static final int MAX_CONNECTIONS = 4096;

  /** Checks the numbers. */
  LoadOptions {
    connections = List.copyOf(connections);
    boolean sane =
        connections.stream().allMatch(n -> n > 0 && n <= MAX_CONNECTIONS)
            && !time.isNegative()
            && !time.isZero()
            && bytes > 0
            && objects > 0;
    if (!sane) {
      throw new IllegalArgumentException("numbers must be positive; " + USAGE);
    }
  }

  /** Reads a command line; throws {@link IllegalArgumentException} with the usage. */
  static LoadOptions parse(String... arguments) {
    LoadOptions options =
        new LoadOptions(
            Path.of(System.getProperty("user.home"), ".kuber", "kubeconfig"),
            Optional.empty(),
            List.of(1, 16, 64, 256),
            Duration.ofSeconds(5),
            1024,
            500,
            false,
            false);
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      options = options.with(left.pop(), left);
    }
    return options;
  }

  private LoadOptions with(String name, Deque<String> left) {
    if (name.equals("--http2")) {
      return new LoadOptions(kubeconfig, server, connections, time, bytes, objects, true, quota);
    }
    if (name.equals("--quota")) {
      return new LoadOptions(kubeconfig, server, connections, time, bytes, objects, http2, true);
    }
    if (left.isEmpty()) {
      throw new IllegalArgumentException(USAGE);
    }
    String value = left.pop();
    return switch (name) {
      case "--kubeconfig" ->
          new LoadOptions(Path.of(value), server, connections, time, bytes, objects, http2, quota);
      case "--server" ->
          new LoadOptions(
              kubeconfig, Optional.of(value), connections, time, bytes, objects, http2, quota);
      case "--connections" ->
          new LoadOptions(kubeconfig, server, numbers(value), time, bytes, objects, http2, quota);
      case "--seconds" ->
          new LoadOptions(
              kubeconfig,
              server,
              connections,
              Duration.ofSeconds(Long.parseLong(value)),
              bytes,
              objects,
              http2,
              quota);
      case "--bytes" ->
          new LoadOptions(
              kubeconfig,
              server,
              connections,
              time,
              Integer.parseInt(value),
              objects,
              http2,
              quota);
      case "--objects" ->
          new LoadOptions(
              kubeconfig, server, connections, time, bytes, Integer.parseInt(value), http2, quota);
      default -> throw new IllegalArgumentException("unknown option " + name + "; " + USAGE);
    };
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }
}
