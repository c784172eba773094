package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import io.kuber.server.join.TokenSecret;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token useless from now on. */
@Command(
    name = "delete",
    description = "Makes a token useless from now on.",
    mixinStandardHelpOptions = true)
public final class TokenDelete implements Callable<Integer> {
  private static final Pattern ID = Pattern.compile("[a-z0-9]{6}");

  @Parameters(paramLabel = "ID", description = "the six letters before the dot of the token")
  private String id = "";

  @Mixin private ApiArguments api = new ApiArguments();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (!ID.matcher(id).matches()) {
      throw new CommandFailure(
          "ID: six small letters or digits are what stands before the dot; kuber token list shows"
              + " them");
    }
    api.ask(
        server -> {
          server.delete(Token.SECRETS + "/" + TokenSecret.name(id));
          return true;
        });
    spec.commandLine().getOut().println("token " + id + " deleted");
    return 0;
  }
}
