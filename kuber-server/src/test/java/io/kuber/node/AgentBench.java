package io.kuber.node;

import com.google.common.util.concurrent.MoreExecutors;
import io.kuber.container.FakeContainers;
import io.kuber.loop.Loop;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageConfig;
import io.kuber.node.image.ImagePullException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent in virtual time, with containers made of Java objects and an API in memory. Images are
 * known unless their names begin with {@code missing}; pods get the addresses from 10.244.0.2 on.
 */
final class AgentBench {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeContainers machine = new FakeContainers(loops.clock());
  private final TestCluster cluster = new TestCluster(loops);
  private final List<String> events = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<String> detached = new ArrayList<>();

  /** Starts an agent, which keeps everything in a directory. */
  void start(Path directory) throws IOException {
    NodeAgent.start(
        machinery(directory),
        cluster.client(),
        (pod, container, warning, reason, message) -> {
          events.add(reason);
          messages.add(message);
        },
        loops.loop("node"),
        MoreExecutors.newDirectExecutorService());
    pass(Duration.ZERO);
  }

  /** What an agent works with that keeps everything in a directory. */
  PodMachinery machinery(Path directory) throws IOException {
    NodeConfig config =
        new NodeConfig(
            "node-1",
            "192.0.2.10",
            directory,
            "10.244.0.0/24",
            Optional.empty(),
            "cluster.local",
            NodeConfig.VERSION,
            Map.of("cpu", "2", "memory", "4Gi", "pods", "110"));
    ClusterObjects objects = new ClusterObjects(cluster.client());
    return new PodMachinery(
        machine,
        new KnownImages(AgentBench::image),
        new CountedLinks(),
        objects,
        KeptVolumes.start(objects, config, loops.loop("volumes")),
        config,
        loops.clock());
  }

  private static Image image(String reference) {
    if (reference.startsWith("missing")) {
      throw new ImagePullException("cannot pull " + reference + ": no such image");
    }
    ImageConfig config = new ImageConfig(List.of(), List.of("run"), Map.of(), "", "/");
    return new Image(reference, reference + "@sha256:1", List.of(Path.of("/")), List.of(), config);
  }

  private final class CountedLinks implements PodLinks {
    private int given;

    @Override
    public String attach(String podUid, Path networkNamespace) {
      return "10.244.0." + (2 + given++);
    }

    @Override
    public void detach(String podUid) {
      detached.add(podUid);
    }
  }

  /** Lets time pass, and all that is due by then happen. */
  void pass(Duration time) {
    loops.settle();
    loops.advance(time);
    loops.settle();
  }

  /** The agent dies without a farewell: nothing that it had planned happens any more. */
  void die() {
    loops.close();
  }

  FakeContainers machine() {
    return machine;
  }

  TestCluster cluster() {
    return cluster;
  }

  /** A loop in virtual time. */
  Loop loop(String name) {
    return loops.loop(name);
  }

  /** The reasons of the events so far. */
  List<String> events() {
    return events;
  }

  /** What the events so far say. */
  List<String> messages() {
    return messages;
  }

  /** The uids of pods that lost their links. */
  List<String> detached() {
    return detached;
  }
}
