package io.kuber.boot;

import io.kuber.linux.Deletion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a container engine takes of its machine.
 *
 * @param directory where it keeps containers, networks and volumes
 * @param socket where clients find it
 * @param state where namespaces are pinned and containers write, as in {@link NodePlace}
 * @param instance names the control groups, {@code /kuber/<instance>}
 */
public record EnginePlace(Path directory, Path socket, Path state, String instance) {
  private static final String NAME = "engine";

  /** Beside a node, in the data directory of both. */
  static EnginePlace beside(NodePlace node, Path dataDir) {
    return new EnginePlace(
        dataDir.resolve(NAME),
        socketIn(dataDir),
        node.state().resolveSibling(node.state().getFileName() + "." + NAME),
        node.instance() + "-" + NAME);
  }

  /** Where containers write, which outlives them and the engine. */
  Path written() {
    return state.resolveSibling(state.getFileName() + ".written");
  }

  /** Gives back what no container needs any more, once none runs. */
  void leave() throws IOException {
    Deletion.of(state);
    Deletion.ofEmpty(written());
    Deletion.ofEmpty(Objects.requireNonNull(state.getParent(), "a state is in a directory"));
  }

  /** Of an engine without a cluster. */
  public static EnginePlace alone(Path dataDir) {
    return beside(NodePlace.standard(), dataDir);
  }

  /** Where clients find the engine of a data directory. */
  public static Path socketIn(Path dataDir) {
    return dataDir.resolve("docker.sock");
  }
}
