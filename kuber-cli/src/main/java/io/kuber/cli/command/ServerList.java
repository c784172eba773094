package io.kuber.cli.command;

import io.kuber.cli.output.Columns;
import io.kuber.object.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the servers of a cluster, and how they are. */
@Command(
    name = "list",
    description = "Shows the servers of the cluster, and how they are.",
    mixinStandardHelpOptions = true)
public final class ServerList implements Callable<Integer> {
  static final String PATH = "/kuber/servers";

  @Mixin private ApiArguments api = new ApiArguments();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Tree list = api.ask(server -> server.get(PATH));
    Columns columns =
        new Columns("NAME", "ROLE", "TERM", "APPLIED", "LAG", "ADDRESS", "SILENT SINCE");
    for (Tree member : list.items("items").trees()) {
      columns.row(
          member.text("name"),
          member.text("role"),
          Long.toString(member.number(0, "term")),
          Long.toString(member.number(0, "applied")),
          Long.toString(member.number(0, "lag")),
          member.text("address"),
          member.text("silentSince"));
    }
    columns.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
