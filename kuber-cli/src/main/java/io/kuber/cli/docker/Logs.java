package io.kuber.cli.docker;

import io.kuber.engine.wire.Frames;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a container has written. */
@Command(description = "Shows what a container has written.")
final class Logs extends DockerCommand {
  @Option(
      names = {"-f", "--follow"},
      description = "also what it goes on to write")
  private boolean follow;

  @Option(
      names = {"-t", "--timestamps"},
      description = "with times")
  private boolean timestamps;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "LINES",
      description = "from the end (default: all)")
  private String tail = "all";

  @Option(names = "--since", paramLabel = "TIME", description = "a moment, or how long ago")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "a moment, or how long ago")
  private String until = "";

  @Parameters(paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Override
  int run() throws IOException {
    Instant now = Instant.now();
    boolean tty = engine().tree(Target.of("containers", name, "json")).isTrue("Config", "Tty");
    Target target =
        Target.of("containers", name, "logs")
            .with("stdout", true)
            .with("stderr", true)
            .with("follow", follow)
            .with("timestamps", timestamps)
            .with("tail", tail)
            .with("since", Moments.of("--since", since, now))
            .with("until", Moments.of("--until", until, now));
    try (LocalSocketAnswer answer = engine().open("GET", target, Headers.EMPTY)) {
      if (tty) {
        RawOutput.copy(answer.body(), out());
      } else {
        Frames.copy(answer.body(), out(), err());
      }
    }
    return 0;
  }
}
