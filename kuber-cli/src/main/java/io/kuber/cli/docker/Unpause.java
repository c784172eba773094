package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;

/** Lets containers go on. */
@Command(description = "Lets containers go on that were held up.")
final class Unpause extends EachCommand {
  @Override
  String one(String name) throws IOException {
    engine().post(Target.of("containers", name, "unpause"));
    return name;
  }
}
