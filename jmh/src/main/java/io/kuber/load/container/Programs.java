package io.kuber.load.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine: finds them and runs them to their end. */
final class Programs {
  private static final List<Path> PLACES =
      Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin").map(Path::of).toList();

  private Programs() {}

  static Optional<Path> find(String name) {
    return PLACES.stream()
        .map(place -> place.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a program that has to succeed; what it says is shown where it does not. */
  static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
