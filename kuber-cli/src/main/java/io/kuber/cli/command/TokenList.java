package io.kuber.cli.command;

import io.kuber.cli.output.Columns;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.server.join.TokenSecret;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the tokens there are, without what makes them good. */
@Command(
    name = "list",
    description = "Shows the tokens there are, without their secrets.",
    mixinStandardHelpOptions = true)
public final class TokenList implements Callable<Integer> {
  private static final String OF_TYPE = "?fieldSelector=type%3D";

  @Mixin private ApiArguments api = new ApiArguments();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Tree list =
        api.ask(
            server -> server.get(Token.SECRETS + OF_TYPE + TokenSecret.TYPE.replace("/", "%2F")));
    Columns columns = new Columns("ID", "EXPIRES", "DESCRIPTION");
    list.items("items").trees().stream()
        .flatMap(secret -> TokenSecret.of(KubeObject.of(secret)).stream())
        .forEach(
            token ->
                columns.row(
                    token.token().id(),
                    token.expires().map(Instant::toString).orElse("never"),
                    token.description()));
    columns.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
