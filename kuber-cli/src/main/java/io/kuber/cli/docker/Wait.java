package io.kuber.cli.docker;

import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Waits for the end of containers. */
@Command(description = "Waits until containers have ended and prints their exit codes.")
final class Wait extends EachCommand {
  @Override
  String one(String name) throws IOException {
    try (LocalSocketAnswer end =
        engine().open("POST", Target.of("containers", name, "wait"), Headers.EMPTY)) {
      return Integer.toString(Running.exitCode(end));
    }
  }
}
