package io.kuber.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tokens with which other machines join. */
@Command(
    name = "token",
    description = "Makes, lists and deletes tokens with which other machines join.",
    mixinStandardHelpOptions = true,
    subcommands = {TokenCreate.class, TokenList.class, TokenDelete.class})
public final class Token implements Runnable {
  /** Where the Secrets are that hold the tokens. */
  static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with tokens; try: kuber token create");
  }
}
