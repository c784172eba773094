package io.kuber.cli.command;

import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NodeHalf;
import io.kuber.cli.output.Steps;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a cluster in the foreground until it is told to stop. */
@Command(
    name = "up",
    description = "Runs a cluster on this machine in the foreground.",
    mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {
  @Mixin private ClusterArguments arguments = new ClusterArguments();

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    ClusterOptions options =
        arguments.options(ClusterArguments.home(), ClusterOptions.DEFAULT_PORT);
    PulsingHalf nodes = new PulsingHalf(arguments.nodes(), steps);
    NodeHalf half = arguments.isSimulated() ? nodes : arguments.nodes();
    try (RunningCluster cluster = RunningCluster.start(options, half, steps)) {
      steps.say("");
      steps.say("API server:  " + cluster.cluster().address());
      steps.say("Use it with: export KUBECONFIG=" + cluster.cluster().kubeconfig());
      steps.say("Ctrl-C stops it; the data stays in " + options.dataDir());
      nodes.show();
      cluster.awaitEnd();
    }
    return 0;
  }
}
