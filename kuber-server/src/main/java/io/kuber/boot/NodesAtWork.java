package io.kuber.boot;

import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.http.Handler;
import io.kuber.linux.Syscalls;
import io.kuber.loop.ThreadLoops;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.NodeNamespace;
import io.kuber.node.network.NodesNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The nodes of a {@link NodeGroup}, each of which can end and begin again while the others go on.
 * For any thread.
 */
public final class NodesAtWork implements RunningNodes {
  private final NodePlace place;
  private final ImagePlaces images;
  private final ServerHalf cluster;
  private final NodesNetwork network;
  private final Teardown teardown;
  private final Map<String, Member> members = new ConcurrentSkipListMap<>();

  /** A node, where it is, and all that goes with it. */
  private record Member(NodeNamespace namespace, RunningNodes node, Teardown parts) {
    CompletableFuture<String> end() {
      return namespace.begin(
          () -> {
            node.close();
            return namespace.path().toString();
          });
    }
  }

  /**
   * A group without nodes.
   *
   * @param place beside which nodes take theirs
   * @param network joins them
   * @param teardown takes back what they share, once all have ended
   */
  NodesAtWork(
      NodePlace place,
      ImagePlaces images,
      ServerHalf cluster,
      NodesNetwork network,
      Teardown teardown) {
    this.place = place;
    this.images = images;
    this.cluster = cluster;
    this.network = network;
    this.teardown = teardown;
  }

  /**
   * Begins the node of a number, counted from 1, which takes over what an earlier run left of it.
   *
   * @return its name
   */
  public synchronized String begin(int number) throws Exception {
    String name = NodePlace.name(number);
    if (members.containsKey(name)) {
      throw new IllegalStateException(name + " is at work already");
    }
    Teardown parts = new Teardown();
    try {
      members.put(name, begin(name, place.numbered(number), parts));
      return name;
    } catch (Exception | Error e) {
      parts.close();
      throw e;
    }
  }

  private Member begin(String name, NodePlace own, Teardown parts) throws Exception {
    Files.createDirectories(own.state());
    NodeNamespace namespace =
        parts.add(NodeNamespace.open(Syscalls.linux(), own.namespace(), name));
    parts.add(() -> network.detach(name));
    network.attach(name, namespace.path(), own.network().pods());
    ThreadLoops loops = parts.add(new ThreadLoops());
    ServerHalf half =
        new ServerHalf(
            cluster.clients(),
            cluster.store(),
            cluster.traffic(),
            loops,
            cluster.dataDir().resolve(name),
            name,
            cluster.domain(),
            cluster.entrance());
    LocalNode node = new LocalNode(own, images);
    Member member =
        new Member(
            namespace, namespace.call(() -> node.begin(half, false, Progress.SILENT)), parts);
    parts.add(() -> member.end().join());
    return member;
  }

  /** Ends a node with its pods and waits for that; does nothing if it is not at work. */
  public synchronized void end(String name) {
    Member member = members.remove(name);
    if (member != null) {
      member.parts().close();
    }
  }

  @Override
  public NodeGateway gateway() {
    return new GroupGateway(this::gateway);
  }

  private NodeGateway gateway(String node) throws IOException {
    Member member = members.get(node);
    if (member == null) {
      throw new IOException("node " + node + " does not run");
    }
    return member.node().gateway();
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
  public boolean has(String node) {
    return members.containsKey(node);
  }

  /** Ends all nodes at the same time, since each waits for its pods, and then what they share. */
  @Override
  public synchronized void close() {
    CompletableFuture<?>[] ends =
        members.values().stream().map(Member::end).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).handle((done, failure) -> ends.length).join();
    List.copyOf(members.keySet()).forEach(this::end);
    teardown.close();
  }
}
