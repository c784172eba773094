package io.kuber.cli.docker;

import io.kuber.boot.EnginePlace;
import io.kuber.cli.output.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;

/** Where an engine listens. */
final class EngineSocket {
  private static final String UNIX = "unix://";

  private EngineSocket() {}

  /**
   * The socket to talk to.
   *
   * @param flag what {@code --host} says
   * @param directory what {@code --data-dir} says
   * @param environment what {@code DOCKER_HOST} says
   */
  static Path socket(
      Optional<String> flag, Optional<Path> directory, Optional<String> environment) {
    if (flag.isPresent()) {
      return path("--host", flag.get());
    }
    if (directory.isEmpty() && environment.isPresent() && !environment.get().isEmpty()) {
      return path("DOCKER_HOST", environment.get());
    }
    return EnginePlace.socketIn(directory(directory));
  }

  /** The data directory of {@code kuber up}, unless somebody says another one. */
  static Path directory(Optional<Path> flag) {
    return flag.orElse(Path.of(System.getProperty("user.home"), ".kuber"));
  }

  private static Path path(String name, String value) {
    if (!value.startsWith(UNIX) || value.length() == UNIX.length()) {
      throw new CommandFailure(
          name + ": " + value + " is not of the form unix:///path; other ways in are not taken");
    }
    return Path.of(value.substring(UNIX.length()));
  }
}
