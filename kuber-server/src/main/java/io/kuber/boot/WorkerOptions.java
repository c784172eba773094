package io.kuber.boot;

import io.kuber.boot.ServerPlace.Join;
import io.kuber.node.image.registry.ImagePlaces;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the owner of a machine chooses that is to be a node.
 *
 * @param dataDir where everything that lasts is kept
 * @param name of the node; empty for the one it has joined with, or that of its machine
 * @param machine what the machine is called
 * @param address the IPv4 address under which other machines reach this one; empty for that with
 *     which it reaches the server
 * @param network of the cluster
 * @param join whom to ask to be let in; empty for a node that was let in before
 * @param images where images come from
 */
public record WorkerOptions(
    Path dataDir,
    Optional<String> name,
    String machine,
    Optional<String> address,
    ClusterNetwork network,
    Optional<Join> join,
    ImagePlaces images) {
  /** Checks name and address; messages name the option that is wrong. */
  public WorkerOptions {
    ServerPlace.checkName(name.orElse(machine));
    address.ifPresent(ServerPlace::checkAddress);
  }
}
