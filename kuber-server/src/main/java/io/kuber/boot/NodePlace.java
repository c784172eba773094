package io.kuber.boot;

import io.kuber.linux.Deletion;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.PodNetworkConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a node takes of its machine. There is one node per place, so that the next run finds what a
 * killed one left, whatever its data directory was; several nodes have places beside each other.
 *
 * @param state where namespaces are pinned and containers write; on a file system that can be the
 *     upper one of an overlay
 * @param instance names the control groups, {@code /kuber/<instance>}
 * @param network the bridge and addresses
 * @param manifests a directory of files that declare pods of the node's own; without it, there is
 *     one below the node's data
 */
public record NodePlace(
    Path state, String instance, PodNetworkConfig network, Optional<Path> manifests) {
  private static final Path PERSISTENT = Path.of("/var/lib");
  private static final Path IN_MEMORY = Path.of("/run");

  /** A place whose manifests are below the node's data. */
  public NodePlace(Path state, String instance, PodNetworkConfig network) {
    this(state, instance, network, Optional.empty());
  }

  /** The same place with the manifests of another directory. */
  public NodePlace withManifests(Path directory) {
    return new NodePlace(state, instance, network, Optional.of(directory));
  }

  /** The same place with other addresses. */
  NodePlace with(PodNetworkConfig other) {
    return new NodePlace(state, instance, other, manifests);
  }

  /** Where a node is unless somebody wants two on one machine. */
  public static NodePlace standard() {
    return new NodePlace(
        writable().resolve("kuber/node"), "node", PodNetworkConfig.standard("kuber0"));
  }

  /** The name of one of several nodes, counted from 1. */
  static String name(int number) {
    return "node-" + number;
  }

  /**
   * The place beside this one of one of several nodes, counted from 1. All read the same manifests,
   * and each runs pods of its own by them.
   */
  NodePlace numbered(int number) {
    return new NodePlace(
        beside("-" + number), instance + "-" + number, network.ofNode(number), manifests);
  }

  /**
   * The place of a node that is a machine of its own, as its name tells: whoever runs several in
   * network namespaces that he made has a place for each.
   */
  NodePlace ofMachine(String name, Ipv4Block pods) {
    return new NodePlace(beside("." + name), instance + "." + name, network.ofMachine(pods));
  }

  /** Where the network namespace of a node is pinned that has one of its own. */
  Path namespace() {
    return beside(".net");
  }

  private Path beside(String suffix) {
    return state.resolveSibling(state.getFileName() + suffix);
  }

  /** Whether a node is here, or has left something. */
  boolean isTaken() {
    return Files.exists(state) || Files.exists(namespace());
  }

  /** The directory above is kuber's too, and goes unless another node is in it. */
  void leaveAbove() throws IOException {
    Path above = state.getParent();
    if (above != null) {
      Deletion.ofEmpty(above);
    }
  }

  /** An overlay, as inside of a container, cannot carry another overlay's upper layer. */
  private static Path writable() {
    try {
      boolean overlay =
          !Files.isDirectory(PERSISTENT) || Files.getFileStore(PERSISTENT).type().equals("overlay");
      return overlay ? IN_MEMORY : PERSISTENT;
    } catch (IOException e) {
      throw new UncheckedIOException("which file system is " + PERSISTENT + " on?", e);
    }
  }
}
