package io.kuber.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the membership of a server, whether it runs or is lost. */
@Command(
    name = "remove",
    description = "Ends the membership of a server, whether it runs or is lost.",
    mixinStandardHelpOptions = true)
public final class ServerRemove implements Callable<Integer> {
  @Mixin private NamedServer server = new NamedServer();

  @Override
  public Integer call() throws InterruptedException {
    server.ask(
        (api, path) -> api.delete(path),
        "removed; before its data directory is used again, empty it");
    return 0;
  }
}
