package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends containers. */
@Command(description = "Asks containers to end, and kills them after a while.")
final class Stop extends EachCommand {
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
    engine().post(Target.of("containers", name, "stop").with("t", time).with("signal", signal));
    return name;
  }
}
