package io.kuber.cli.command;

import io.kuber.boot.NodePlace;
import io.kuber.cli.output.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where files are that declare pods of a node's own; the kubelet's word. */
final class StaticPodArguments {
  private static final String NAME = "--static-pod-path";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      description =
          "a directory of files with a pod each, which every node here runs by itself (default:"
              + " node/manifests in the data directory)")
  private @Nullable Path directory;

  /**
   * The usual place of this machine's nodes, with the manifests that were asked for.
   *
   * @throws CommandFailure when they are in no directory
   */
  NodePlace place() {
    NodePlace usual = NodePlace.standard();
    if (directory == null) {
      return usual;
    }
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(NAME + ": " + directory + " is no directory");
    }
    return usual.withManifests(directory.toAbsolutePath().normalize());
  }

  /**
   * Makes sure that nobody waits for pods which simulated nodes would never run.
   *
   * @throws CommandFailure when there is a directory
   */
  void refuseForSimulated() {
    if (directory != null) {
      throw new CommandFailure(
          NAME + " and --simulated-nodes: the latter only pretend to run pods; give one");
    }
  }
}
