package io.kuber.cli.command;

import io.kuber.boot.Recovery;
import io.kuber.boot.StartException;
import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a cluster of its own of what the one server holds that is left. */
@Command(
    name = "recover",
    description = "Makes a cluster of its own of the one server that is left.",
    mixinStandardHelpOptions = true)
public final class ServerRecover implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "data directory of the server, which must be stopped (default: ~/.kuber)")
  private @Nullable Path dataDir;

  @Option(names = "--yes", description = "does it; without it only says what would be done")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    Path directory =
        (dataDir == null ? ClusterArguments.home() : dataDir).toAbsolutePath().normalize();
    try {
      Recovery recovery = steps.run("reading " + directory, () -> Recovery.examine(directory));
      warn(steps, recovery);
      if (!yes) {
        throw new CommandFailure("nothing was changed; to go on, say --yes");
      }
      Path old = steps.run("beginning a new cluster", recovery::carryOut);
      steps.say("The old files are in " + old);
      steps.say("Now start it: kuber server --data-dir " + directory);
      return 0;
    } catch (StartException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private static void warn(Steps steps, Recovery recovery) {
    steps.say(
        "It holds %d objects at revision %d, from a log of %d entries."
            .formatted(recovery.objects(), recovery.revision(), recovery.lastEntry()));
    steps.say("Its cluster had these servers: " + String.join(", ", recovery.servers()));
    steps.say("");
    steps.say("WARNING: What the others acknowledged and this server never got is lost for good,");
    steps.say("and what this server got and nobody acknowledged becomes real. The other servers");
    steps.say("must never be started again with the data that they have now.");
    steps.say("");
  }
}
