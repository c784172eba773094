package io.kuber.cli.command;

import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.output.CommandFailure;
import java.io.IOException;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The server that a command is about, as somebody types its name, and whom to ask about it. */
final class NamedServer {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,62}");

  @Parameters(paramLabel = "NAME", description = "as kuber server list shows it")
  private String name = "";

  @Mixin private ApiArguments api = new ApiArguments();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** Something that the API does with the server at a path. */
  interface Deed {
    void ask(ApiConnection api, String path) throws IOException, InterruptedException;
  }

  /** Asks for it, and says what was done. */
  void ask(Deed deed, String done) throws InterruptedException {
    if (!FORM.matcher(name).matches()) {
      throw new CommandFailure(
          "NAME: " + name + " is no name of a server; kuber server list shows them");
    }
    api.ask(
        connection -> {
          deed.ask(connection, ServerList.PATH + "/" + name);
          return true;
        });
    command.commandLine().getOut().println("server " + name + " " + done);
  }
}
