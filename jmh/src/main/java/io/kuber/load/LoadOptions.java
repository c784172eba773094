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
 */
record LoadOptions(
    Path kubeconfig,
    Optional<String> server,
    List<Integer> connections,
    Duration time,
    int bytes,
    int objects,
    boolean http2) {
  static final String USAGE =
      """
      usage: ApiLoad [--kubeconfig FILE] [--server URL] [--connections 1,16,64,256] [--seconds 5]
                     [--bytes 1024] [--objects 500] [--http2]
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
            false);
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      options = options.with(left.pop(), left);
    }
    return options;
  }

  private LoadOptions with(String name, Deque<String> left) {
    if (name.equals("--http2")) {
      return new LoadOptions(kubeconfig, server, connections, time, bytes, objects, true);
    }
    if (left.isEmpty()) {
      throw new IllegalArgumentException(USAGE);
    }
    String value = left.pop();
    return switch (name) {
      case "--kubeconfig" ->
          new LoadOptions(Path.of(value), server, connections, time, bytes, objects, http2);
      case "--server" ->
          new LoadOptions(kubeconfig, Optional.of(value), connections, time, bytes, objects, http2);
      case "--connections" ->
          new LoadOptions(kubeconfig, server, numbers(value), time, bytes, objects, http2);
      case "--seconds" ->
          new LoadOptions(
              kubeconfig,
              server,
              connections,
              Duration.ofSeconds(Long.parseLong(value)),
              bytes,
              objects,
              http2);
      case "--bytes" ->
          new LoadOptions(
              kubeconfig, server, connections, time, Integer.parseInt(value), objects, http2);
      case "--objects" ->
          new LoadOptions(
              kubeconfig, server, connections, time, bytes, Integer.parseInt(value), http2);
      default -> throw new IllegalArgumentException("unknown option " + name + "; " + USAGE);
    };
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }
}
