package io.kuber.cli.command;

import io.kuber.boot.Restoration;
import io.kuber.boot.Restoration.Restored;
import io.kuber.boot.StartException;
import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import io.kuber.store.TreeImage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a new cluster with the objects of a backup. */
@Command(
    name = "restore",
    description = "Begins a new cluster with the objects of a backup.",
    mixinStandardHelpOptions = true)
public final class Restore implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "a file that kuber backup made")
  private Path file = Path.of("");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "data directory of the new cluster's first server (default: ~/.kuber)")
  private @Nullable Path dataDir;

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    Path directory =
        (dataDir == null ? ClusterArguments.home() : dataDir).toAbsolutePath().normalize();
    try {
      TreeImage image = steps.run("reading " + file, () -> Restoration.read(file));
      Restored restored = steps.run("writing a new log", () -> Restoration.into(directory, image));
      steps.say(
          "%d objects restored at revision %d".formatted(restored.objects(), restored.revision()));
      steps.say("Now start it: kuber server --data-dir " + directory);
      return 0;
    } catch (StartException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
