package io.kuber.cli.command;

import io.kuber.boot.ServerPlace.Join;
import io.kuber.cli.output.CommandFailure;
import io.kuber.server.join.JoinToken;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options with which a machine joins a cluster. */
final class JoinArguments {
  @Option(
      names = "--join",
      paramLabel = "URL",
      description = "any server of the cluster to join, as in https://10.0.0.1:6443")
  private @Nullable String join;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "lets it join; kuber token create makes one")
  private @Nullable String token;

  /** Whom to ask, and what to show; empty when nobody is to be asked. */
  Optional<Join> joining() {
    if (join == null && token == null) {
      return Optional.empty();
    }
    if (token == null) {
      throw new CommandFailure(
          "--join needs --token; make one on a server of that cluster: kuber token create");
    }
    if (join == null) {
      throw new CommandFailure("--token needs --join, as in --join https://10.0.0.1:6443");
    }
    return Optional.of(new Join(uri(join), parsed(token)));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--join: " + text + " is not of the form https://HOST:6443");
    }
  }

  private static JoinToken parsed(String text) {
    try {
      return JoinToken.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--token: " + e.getMessage());
    }
  }
}
