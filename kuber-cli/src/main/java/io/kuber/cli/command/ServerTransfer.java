package io.kuber.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes another server lead. */
@Command(
    name = "transfer",
    description = "Makes another server lead.",
    mixinStandardHelpOptions = true)
public final class ServerTransfer implements Callable<Integer> {
  @Mixin private NamedServer server = new NamedServer();

  @Override
  public Integer call() throws InterruptedException {
    server.ask((api, path) -> api.post(path + "/lead"), "leads");
    return 0;
  }
}
