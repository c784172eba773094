package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;

/** Holds containers up. */
@Command(description = "Holds up all processes of containers.")
final class Pause extends EachCommand {
  @Override
  String one(String name) throws IOException {
    engine().post(Target.of("containers", name, "pause"));
    return name;
  }
}
