package io.kuber.cli.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that does the same to each of the things that are named. */
abstract class EachCommand extends DockerCommand {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "names or ids")
  private List<String> names = new ArrayList<>();

  /** Does it to one; returns what to print, which may be nothing. */
  abstract String one(String name) throws IOException, InterruptedException;

  @Override
  int run() throws IOException, InterruptedException {
    int code = 0;
    for (String name : names) {
      try {
        String said = one(name);
        if (!said.isEmpty()) {
          out().println(said);
        }
      } catch (Refusal e) {
        err().println(e.getMessage());
        code = isContent(e) ? code : 1;
      }
    }
    return code;
  }

  /** Whether a refusal is told, and no failure of the command. */
  boolean isContent(Refusal refusal) {
    return false;
  }
}
