package io.kuber.cli.command;

import io.kuber.boot.ClusterNetwork;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.LocalNode;
import io.kuber.boot.NodeGroup;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.NodePlace;
import io.kuber.cli.output.CommandFailure;
import io.kuber.testkit.cluster.SimulatedHalf;
import io.kuber.testkit.report.Units;
import io.kuber.testkit.scenario.BadScenarioException;
import io.kuber.testkit.scenario.Weight;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every command which starts a cluster has. */
final class ClusterArguments {
  private static final int MAX_SIMULATED = 10_000;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where everything that lasts is kept")
  private @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the API server; 0 picks a free one")
  private @Nullable Integer port;

  @Option(
      names = "--simulated-nodes",
      paramLabel = "N",
      description = "nodes that only pretend to run pods, instead of this machine; needs no root")
  private int simulatedNodes;

  @Mixin private ImageArguments images = new ImageArguments();
  @Mixin private StaticPodArguments staticPods = new StaticPodArguments();
  @Mixin private IngressArguments ingress = new IngressArguments();
  @Mixin private LoginArguments logins = new LoginArguments();
  @Mixin private EncryptionArguments encryption = new EncryptionArguments();
  @Mixin private BalancerArguments balancers = new BalancerArguments();
  @Mixin private CrowdArguments crowd = new CrowdArguments();
  @Mixin private AuditArguments audit = new AuditArguments();
  @Mixin private NetworkArguments network = new NetworkArguments();

  boolean hasDataDir() {
    return dataDir != null;
  }

  ClusterOptions options(Path defaultDirectory, int defaultPort) {
    try {
      return new ClusterOptions(
              (dataDir == null ? defaultDirectory : dataDir).toAbsolutePath().normalize(),
              port == null ? defaultPort : port,
              hostname())
          .with(logins.options())
          .with(balancers.pool())
          .with(crowd.options())
          .with(audit.options())
          .with(network.network())
          .withEncryption(encryption.file());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  boolean isSimulated() {
    return simulatedNodes > 0;
  }

  NodeHalf nodes() {
    checkSimulated(Runtime.getRuntime().maxMemory());
    return ingress.around(isSimulated() ? simulated() : balancers.around(real(), network()));
  }

  private NodeHalf simulated() {
    staticPods.refuseForSimulated();
    return new SimulatedHalf(simulatedNodes);
  }

  private NodeHalf real() {
    return new LocalNode(place(), images.places());
  }

  private NodePlace place() {
    return network().of(staticPods.place());
  }

  private ClusterNetwork network() {
    try {
      return network.network();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** So many real nodes on this machine. */
  NodeHalf group(int nodes) {
    if (isSimulated()) {
      throw new CommandFailure(
          "--nodes and --simulated-nodes: the former run pods and the latter pretend; give one");
    }
    if (nodes < 1 || nodes > NodeGroup.MOST) {
      throw new CommandFailure(
          "--nodes: %,d is not between 1 and %,d%s"
              .formatted(
                  nodes,
                  NodeGroup.MOST,
                  nodes < 1 ? "" : "; for more there are --simulated-nodes, which run nothing"));
    }
    return balancers.around(new NodeGroup(nodes, place(), images.places()), network());
  }

  /**
   * Refuses a number of nodes that nobody can have, or that a heap of so many bytes cannot hold.
   */
  void checkSimulated(long heap) {
    Weight weight = new Weight(Math.max(0, simulatedNodes), 0);
    if (simulatedNodes < 0 || simulatedNodes > MAX_SIMULATED) {
      throw new CommandFailure(
          "--simulated-nodes: %,d is not between 0 and %,d%s"
              .formatted(
                  simulatedNodes,
                  MAX_SIMULATED,
                  simulatedNodes < 0
                      ? ""
                      : "; so many would need about "
                          + Units.bytes(weight.bytes())
                          + " of memory"));
    }
    if (isSimulated()) {
      try {
        weight.check(heap);
      } catch (BadScenarioException tooMany) {
        throw new CommandFailure("--simulated-nodes: " + tooMany.getMessage());
      }
    }
  }

  static Path home() {
    return Path.of(System.getProperty("user.home"), ".kuber");
  }

  /** The name of the node: that of the machine, as far as a Kubernetes name allows. */
  static String hostname() {
    try {
      String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      String usable = name.replaceAll("[^a-z0-9.-]", "-").replaceAll("^[-.]+|[-.]+$", "");
      return usable.isEmpty() ? "localhost" : usable;
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
