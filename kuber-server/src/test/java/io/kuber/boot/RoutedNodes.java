package io.kuber.boot;

import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.http.Handler;
import io.kuber.loop.ThreadLoops;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.RoutedMachines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/**
 * A real node on each of {@link RoutedMachines}, {@code node-1} and so on, which leads to the pods
 * of the others by itself; the cluster runs on the router between them.
 */
public final class RoutedNodes implements NodeHalf, NodeHalf.RunningNodes {
  private static final String BRIDGE = "kuber-test";

  private final RoutedMachines machines;
  private final Path directory;
  private final String instance;
  private final Map<String, Member> members = new ConcurrentSkipListMap<>();
  private Optional<ServerHalf> cluster = Optional.empty();

  private record Member(int number, RunningNodes node, ThreadLoops loops) {}

  /**
   * Nodes that the cluster starts.
   *
   * @param directory where they keep everything
   * @param instance names their control groups
   */
  public RoutedNodes(RoutedMachines machines, Path directory, String instance) {
    this.machines = machines;
    this.directory = directory;
    this.instance = instance;
  }

  private LocalNode node(int number) {
    NodePlace place =
        new NodePlace(
            directory.resolve("machine-" + number + "/node"),
            instance + "-" + number,
            PodNetworkConfig.standard(BRIDGE).ofMachine(number));
    return new LocalNode(place, ImagePlaces.STANDARD);
  }

  @Override
  public void check() throws StartException {
    node(1).check();
  }

  @Override
  public Optional<String> serverAddress() {
    return Optional.of(RoutedMachines.ROUTER);
  }

  @Override
  public RunningNodes start(ServerHalf half, Progress progress) {
    cluster = Optional.of(half);
    for (int number = 1; number <= RoutedMachines.MACHINES; number++) {
      begin(number);
    }
    return this;
  }

  /** Begins the node of a number, counted from 1. */
  public void begin(int number) {
    String name = NodePlace.name(number);
    ServerHalf half = cluster.orElseThrow();
    ThreadLoops loops = new ThreadLoops();
    ServerHalf own =
        new ServerHalf(
            half.clients(),
            half.store(),
            half.traffic(),
            loops,
            directory.resolve(name),
            name,
            half.domain(),
            half.entrance());
    RunningNodes node =
        machines.machine(number).call(() -> node(number).start(own, Progress.SILENT));
    members.put(name, new Member(number, node, loops));
  }

  /** Ends the node of a number, and waits for that; does nothing if it is not at work. */
  public void end(int number) {
    Member member = members.remove(NodePlace.name(number));
    if (member != null) {
      machines.machine(number).call(Executors.callable(member.node()::close));
      member.loops().close();
    }
  }

  @Override
  public NodeGateway gateway() {
    return new GroupGateway(
        node -> {
          Member member = members.get(node);
          if (member == null) {
            throw new IOException("node " + node + " does not run");
          }
          return member.node().gateway();
        });
  }

  @Override
  public List<NodeReading> readings() {
    return members.values().stream()
        .map(member -> member.node().readings())
        .flatMap(Collection::stream)
        .toList();
  }

  @Override
  public Optional<Handler> endpoint(String node) {
    return Optional.ofNullable(members.get(node)).flatMap(member -> member.node().endpoint(node));
  }

  @Override
  public void close() {
    for (int number = 1; number <= RoutedMachines.MACHINES; number++) {
      end(number);
    }
  }
}
