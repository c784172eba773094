package io.kuber.cli.command;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NoNodes;
import io.kuber.cli.output.Steps;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a server of a cluster, without a node, in the foreground until it is told to stop. */
@Command(
    name = "server",
    description = "Runs one of a cluster's servers in the foreground, without a node.",
    mixinStandardHelpOptions = true,
    subcommands = {ServerList.class, ServerRemove.class, ServerTransfer.class, ServerRecover.class})
public final class Server implements Callable<Integer> {
  @Mixin private ServerArguments arguments = new ServerArguments();

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    ClusterOptions options = arguments.options();
    try (RunningCluster running = RunningCluster.start(options, new NoNodes(), steps)) {
      Cluster cluster = running.cluster();
      steps.say("");
      steps.say("API server:  " + cluster.address());
      steps.say("Use it with: export KUBECONFIG=" + cluster.kubeconfig());
      steps.say("Ctrl-C stops it; the data stays in " + options.dataDir());
      if (!cluster.isReady()) {
        cluster.state().thenAccept(state -> steps.say("Not ready yet: " + state));
      }
      cluster
          .ready()
          .thenCompose(ready -> cluster.state())
          .thenAccept(state -> steps.say("Ready: " + state));
      running.awaitEnd();
    }
    return 0;
  }
}
