package io.kuber.cli.command;

import io.kuber.cli.output.Columns;
import io.kuber.cli.output.CommandFailure;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.server.trust.CertificateFiles;
import io.kuber.server.trust.CertificateFiles.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The certificates of a server, and when they end. */
@Command(
    name = "certs",
    description = "Shows the certificates of this machine's server, and until when they are good.",
    mixinStandardHelpOptions = true,
    subcommands = CertsRenew.class)
public final class Certs implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "data directory of the server of this machine (default: ~/.kuber)")
  private @Nullable Path dataDir;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Columns columns = new Columns("NAME", "SUBJECT", "UNTIL", "LEFT", "RENEWED FROM");
    try (Loops loops = new ThreadLoops()) {
      Instant now = loops.clock().instant();
      for (Entry entry : CertificateFiles.list(directory(dataDir))) {
        columns.row(
            entry.name(),
            entry.subject(),
            entry.until().toString(),
            left(Duration.between(now, entry.until())),
            entry.isAuthority() ? "never" : entry.due().toString());
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot read the certificates: " + e.getMessage());
    }
    columns.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }

  private static String left(Duration left) {
    return left.isNegative()
        ? "over"
        : left.toDays() > 0 ? left.toDays() + "d" : left.toHours() + "h";
  }

  /** Where the certificates of a server are. */
  static Path directory(@Nullable Path dataDir) {
    Path directory = (dataDir == null ? ClusterArguments.home() : dataDir).resolve("pki");
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(
          "there is no " + directory + "; say where the server keeps its data with --data-dir");
    }
    return directory;
  }
}
