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
  private static final String ENDPOINTS = "/api/v1/namespaces/default/endpoints/kubernetes";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "how long it is good, as in 30m, 24h or 7d; 0 for ever (default: 24h)")
  private String ttl = "24h";

  @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
  private String description = "";

  @Option(
      names = "--node",
      description = "for machines that are to be nodes (kuber node); without it, for servers")
  private boolean forNode;

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
      String group = forNode ? TokenSecret.NODES : TokenSecret.SERVERS;
      TokenSecret kept = new TokenSecret(token, expires, description, group);
      api.ask(server -> make(server, kept.secret().tree()));
    }
    JoinToken line = JoinToken.of(token, api.config().authority());
    String command = forNode ? "kuber node" : "kuber server";
    String server = forNode ? api.ask(this::reached) : api.config().server().toString();
    spec.commandLine().getOut().println(command + " --join " + server + " --token " + line.text());
    return 0;
  }

  /** Where machines reach the API: the kubeconfig of a cluster that is alone says this one. */
  private String reached(ApiConnection server) throws IOException, InterruptedException {
    return server.get(ENDPOINTS).items("subsets").trees().stream()
        .flatMap(
            subset ->
                subset.items("addresses").trees().stream()
                    .map((Tree address) -> address.text("ip"))
                    .flatMap(
                        address ->
                            subset.items("ports").trees().stream()
                                .map(port -> "https://" + address + ":" + port.number(0, "port"))))
        .findFirst()
        .orElseGet(() -> api.config().server().toString());
  }

  /** A cluster without a port for peers takes no servers, so that a token would promise in vain. */
  private Tree make(ApiConnection server, Tree secret) throws IOException, InterruptedException {
    if (forNode) {
      return server.create(Token.SECRETS, secret);
    }
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
