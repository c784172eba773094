package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets credentials for a registry. */
@Command(description = "Forgets credentials for a registry.")
final class Logout extends DockerCommand {
  @Parameters(arity = "0..1", paramLabel = "REGISTRY", description = "(default: Docker Hub)")
  private String registry = "";

  @Override
  int run() throws IOException {
    String key = Login.key(registry);
    Credentials kept = Credentials.read();
    if (!kept.has(key)) {
      out().println("Not logged in to " + key);
      return 0;
    }
    kept.without(key).write();
    out().println("Removing login credentials for " + key);
    return 0;
  }
}
