package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends containers a signal. */
@Command(description = "Sends running containers a signal.")
final class Kill extends EachCommand {
  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      description = "which one (default: KILL)")
  private String signal = "";

  @Override
  String one(String name) throws IOException {
    engine().post(Target.of("containers", name, "kill").with("signal", signal));
    return name;
  }
}
