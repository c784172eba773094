package io.kuber.cli.command;

import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.config.ApiConnection.RefusedException;
import io.kuber.cli.output.CommandFailure;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Tree;
import io.kuber.server.join.BootstrapToken;
import io.kuber.server.join.JoinToken;
import io.kuber.server.join.TokenSecret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token and prints the line to paste on the new machine. */
@Command(
    name = "create",
    description = "Makes a token, and prints the line to paste on a new machine.",
    mixinStandardHelpOptions = true)
public final class TokenCreate implements Callable<Integer> {
  private static final int NOT_FOUND = 404;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "how long it is good, as in 30m, 24h or 7d; 0 for ever (default: 24h)")
  private String ttl = "24h";

  @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
  private String description = "";

  @Mixin private ApiArguments api = new ApiArguments();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Duration lifetime = Ttl.parse(ttl);
    BootstrapToken token;
    try (Loops loops = new ThreadLoops()) {
      token = BootstrapToken.create(loops.entropy());
      Instant now = loops.clock().instant().truncatedTo(ChronoUnit.SECONDS);
      Optional<Instant> expires =
          lifetime.isZero() ? Optional.empty() : Optional.of(now.plus(lifetime));
      TokenSecret kept = new TokenSecret(token, expires, description, TokenSecret.SERVERS);
      api.ask(server -> make(server, kept.secret().tree()));
    }
    JoinToken line = JoinToken.of(token, api.config().authority());
    spec.commandLine()
        .getOut()
        .println("kuber server --join " + api.config().server() + " --token " + line.text());
    return 0;
  }

  /** A cluster without a port for peers takes no servers, so that a token would promise in vain. */
  private static Tree make(ApiConnection server, Tree secret)
      throws IOException, InterruptedException {
    try {
      server.get(ServerList.PATH);
    } catch (RefusedException e) {
      if (e.status() == NOT_FOUND) {
        throw new CommandFailure(
            "this cluster runs as kuber up, which no other machine can join; stop it, and start"
                + " kuber server on the same data directory");
      }
      throw e;
    }
    return server.create(Token.SECRETS, secret);
  }
}
