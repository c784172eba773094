package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends containers and starts them again. */
@Command(description = "Ends containers and starts them again.")
final class Restart extends EachCommand {
  @Option(
      names = {"-t", "--time", "--timeout"},
      paramLabel = "SECONDS",
      description = "until it is killed (default: 10)")
  private String time = "";

  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      description = "what asks it to end")
  private String signal = "";

  @Override
  String one(String name) throws IOException {
    engine().post(Target.of("containers", name, "restart").with("t", time).with("signal", signal));
    return name;
  }
}
