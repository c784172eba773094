package io.kuber.cli.command;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.boot.ClusterOptions;
import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.config.Kubeconfig;
import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A cluster with a sample application in it, to look at and to play with. */
@Command(
    name = "quickstart",
    description = "Starts a cluster with a sample application, until Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class Quickstart implements Callable<Integer> {
  @Mixin private ClusterArguments arguments = new ClusterArguments();

  @Option(
      names = "--check",
      description = "see everything work, clean up, and exit 0; 1 if anything does not")
  private boolean check;

  private final Steps steps = Steps.onStandardOutput();

  @Override
  public Integer call() throws Exception {
    Path own = arguments.hasDataDir() ? null : Files.createTempDirectory("kuber-quickstart-");
    int port = check ? 0 : ClusterOptions.DEFAULT_PORT;
    ClusterOptions options = arguments.options(own == null ? ClusterArguments.home() : own, port);
    Runnable afterwards = own == null ? () -> {} : () -> remove(own);
    try (RunningCluster cluster =
        RunningCluster.start(options, arguments.nodes(), steps, afterwards)) {
      ApiConnection api = new ApiConnection(Kubeconfig.read(cluster.cluster().kubeconfig()));
      SampleApplication sample = new SampleApplication(api);
      begin(sample);
      if (check) {
        checkAll(sample);
      } else {
        show(sample, cluster.cluster().kubeconfig());
        cluster.awaitEnd();
      }
    }
    if (check) {
      steps.say("everything works, and nothing is left behind");
    }
    return 0;
  }

  private void begin(SampleApplication sample) throws Exception {
    step("applying the sample application", sample::apply);
    step("waiting until it is available", () -> sample.awaitAvailable(1));
    if (!arguments.isSimulated()) {
      step("fetching its page", () -> sample.awaitPage(sample.nodePort()));
    }
  }

  private void show(SampleApplication sample, Path kubeconfig) throws Exception {
    steps.say("");
    if (!arguments.isSimulated()) {
      URI page = sample.nodePort();
      steps.say("  Look at it:   " + page);
    }
    steps.say("  Use kubectl:  export KUBECONFIG=" + kubeconfig);
    steps.say("");
    steps.say("  Try next:     kubectl get pods -o wide");
    steps.say("                kubectl scale deployment kuard --replicas=3");
    steps.say("                kubectl logs -f deployment/kuard");
    steps.say("");
    steps.say("  Ctrl-C stops everything and cleans up.");
  }

  private void checkAll(SampleApplication sample) throws Exception {
    if (!arguments.isSimulated()) {
      step(
          "fetching its page through the Service address",
          () -> sample.awaitPage(sample.serviceAddress()));
      step(
          "fetching its page through the NodePort on localhost",
          () -> sample.awaitPage(sample.nodePort()));
    }
    step(
        "deleting its pod and seeing it replaced",
        () -> {
          sample.replace(sample.runningPod());
          sample.awaitAvailable(1);
        });
    step(
        "scaling to 3 replicas",
        () -> {
          sample.scale(3);
          sample.awaitAvailable(3);
        });
    String pod = sample.runningPod();
    step("reading the log of " + pod, () -> checkLog(sample, pod));
    if (!arguments.isSimulated()) {
      step("running a command in " + pod, () -> checkExec(sample, pod));
    }
  }

  private static void checkLog(SampleApplication sample, String pod) throws Exception {
    String log = sample.logs(pod);
    SampleApplication.require(!log.isBlank(), "some lines of log", "none");
  }

  private static void checkExec(SampleApplication sample, String pod) throws Exception {
    String name = sample.exec(pod, "hostname").strip();
    SampleApplication.require(name.equals(pod), pod + " from hostname", name);
  }

  private void step(String doing, Action action) throws Exception {
    steps.run(
        doing,
        () -> {
          action.run();
          return "";
        });
  }

  /** Something to do that may fail. */
  private interface Action {
    void run() throws Exception;
  }

  private static void remove(Path directory) {
    try {
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot remove " + directory + ": " + e);
    }
  }
}
