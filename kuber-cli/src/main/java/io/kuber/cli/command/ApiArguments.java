package io.kuber.cli.command;

import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.config.ApiConnection.RefusedException;
import io.kuber.cli.config.Kubeconfig;
import io.kuber.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command which asks a running server has. */
final class ApiArguments {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "whom to ask; without it the server of --data-dir")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "data directory of the server of this machine (default: ~/.kuber)")
  private @Nullable Path dataDir;

  /** Something to ask a server. */
  interface Question<T> {
    T ask(ApiConnection server) throws IOException, InterruptedException;
  }

  /** The file that says whom to ask. */
  private Path file() {
    if (kubeconfig != null) {
      return kubeconfig;
    }
    return (dataDir == null ? ClusterArguments.home() : dataDir).resolve("kubeconfig");
  }

  /** How to reach the server; a {@link CommandFailure} that says what to do when nobody knows. */
  Kubeconfig config() {
    Path file = file();
    if (!Files.exists(file)) {
      throw new CommandFailure(
          "there is no "
              + file
              + "; say where the server keeps its data with --data-dir, or whom to ask with"
              + " --kubeconfig");
    }
    try {
      return Kubeconfig.read(file);
    } catch (IOException | RuntimeException e) {
      throw new CommandFailure("cannot use " + file + ": " + e.getMessage());
    }
  }

  /** Asks; what goes wrong is told in one line. */
  <T> T ask(Question<T> question) throws InterruptedException {
    Kubeconfig config = config();
    try {
      return question.ask(new ApiConnection(config));
    } catch (RefusedException e) {
      throw new CommandFailure(e.said().isEmpty() ? String.valueOf(e.getMessage()) : e.said());
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot reach "
              + config.server()
              + " ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "); is the server of "
              + file()
              + " running?");
    }
  }
}
