package io.kuber.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes another server lead. */
@Command(
    name = "transfer",
    description = "Makes another server lead.",
    mixinStandardHelpOptions = true)
public final class ServerTransfer implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "as kuber server list shows it")
  private String name = "";

  @Mixin private ApiArguments api = new ApiArguments();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    ServerName.check(name);
    api.ask(
        server -> {
          server.post(ServerList.PATH + "/" + name + "/lead");
          return true;
        });
    spec.commandLine().getOut().println("server " + name + " leads");
    return 0;
  }
}
