package io.kuber.cli.command;

import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NodeHalf;
import io.kuber.cli.output.Steps;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a cluster in the foreground until it is told to stop. */
@Command(
    name = "up",
    description = "Runs a cluster on this machine in the foreground.",
    mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {
  @Mixin private ClusterArguments arguments = new ClusterArguments();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description =
          "real nodes on this machine instead of one, each in a network namespace of its own")
  private @Nullable Integer nodes;

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    ClusterOptions options =
        arguments.options(ClusterArguments.home(), ClusterOptions.DEFAULT_PORT);
    NodeHalf real = nodes == null ? arguments.nodes() : arguments.group(nodes);
    PulsingHalf pulsing = new PulsingHalf(real, steps);
    NodeHalf half = arguments.isSimulated() ? pulsing : real;
    try (RunningCluster cluster = RunningCluster.start(options, half, steps)) {
      steps.say("");
      steps.say("API server:  " + cluster.cluster().address());
      steps.say("Use it with: export KUBECONFIG=" + cluster.cluster().kubeconfig());
      steps.say("Ctrl-C stops it; the data stays in " + options.dataDir());
      pulsing.show();
      cluster.awaitEnd();
    }
    return 0;
  }
}
