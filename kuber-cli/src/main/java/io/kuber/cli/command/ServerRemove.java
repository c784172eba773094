package io.kuber.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends the membership of a server, whether it runs or is lost. */
@Command(
    name = "remove",
    description = "Ends the membership of a server, whether it runs or is lost.",
    mixinStandardHelpOptions = true)
public final class ServerRemove implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "as kuber server list shows it")
  private String name = "";

  @Mixin private ApiArguments api = new ApiArguments();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    ServerName.check(name);
    api.ask(
        server -> {
          server.delete(ServerList.PATH + "/" + name);
          return true;
        });
    spec.commandLine()
        .getOut()
        .println("server " + name + " removed; before its data directory is used again, empty it");
    return 0;
  }
}
