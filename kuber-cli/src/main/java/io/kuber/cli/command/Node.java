package io.kuber.cli.command;

import io.kuber.boot.StartException;
import io.kuber.boot.Worker;
import io.kuber.boot.WorkerOptions;
import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs this machine as a node of a cluster, in the foreground until it is told to stop. */
@Command(
    name = "node",
    description =
        "Runs this machine as a node of a cluster, in the foreground. It joins once, with --join and"
            + " --token, and starts without them from then on.",
    mixinStandardHelpOptions = true)
public final class Node implements Callable<Integer> {
  private static final String DIRECTORY = ".kuber-node";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where everything that lasts is kept (default: ~/.kuber-node)")
  private @Nullable Path dataDir;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "what the node is called (default: as it joined, at first the name of the machine)")
  private @Nullable String name;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description =
          "where other machines reach this one (default: the address with which it reaches the"
              + " server)")
  private @Nullable String address;

  @Mixin private NetworkArguments network = new NetworkArguments();
  @Mixin private JoinArguments join = new JoinArguments();
  @Mixin private ImageArguments images = new ImageArguments();

  private WorkerOptions options() {
    try {
      Path directory =
          dataDir == null ? Path.of(System.getProperty("user.home"), DIRECTORY) : dataDir;
      return new WorkerOptions(
          directory.toAbsolutePath().normalize(),
          Optional.ofNullable(name),
          ClusterArguments.hostname(),
          Optional.ofNullable(address),
          network.network(),
          join.joining(),
          images.places());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    WorkerOptions options = options();
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::close, "stop"));
    try {
      Worker worker = ending.begin(() -> Worker.start(options, RunningCluster.progress(steps)));
      steps.say("");
      steps.say("Node " + worker.name() + " is at work.");
      steps.say("Ctrl-C stops it and its pods; it starts again without --join and --token.");
      new CountDownLatch(1).await();
    } catch (StartException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } finally {
      ending.close();
    }
    return 0;
  }

  /** Holds the lock, so that a signal that comes while the node starts waits and then closes. */
  private static final class Ending implements AutoCloseable {
    private @Nullable Worker worker;
    private boolean closed;

    synchronized Worker begin(Callable<Worker> start) throws Exception {
      if (closed) {
        throw new CommandFailure("stopped while starting");
      }
      Worker started = start.call();
      worker = started;
      return started;
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (worker != null) {
        worker.close();
        worker = null;
      }
    }
  }
}
