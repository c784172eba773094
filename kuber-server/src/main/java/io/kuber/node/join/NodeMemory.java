package io.kuber.node.join;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a node remembers from one start to the next, besides its keys.
 *
 * @param name its own
 * @param servers where the API was of late
 * @param pods the addresses that its pods had; empty before it was given any
 */
public record NodeMemory(String name, List<URI> servers, String pods) {
  private static final String FILE = "node.json";

  /** Copies the list. */
  public NodeMemory {
    servers = List.copyOf(servers);
  }

  /**
   * What is remembered in a directory; empty before the first start has come to its end.
   *
   * @throws IOException when it cannot be read; the message names the file
   */
  public static Optional<NodeMemory> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Tree kept = Json.parse(Files.readAllBytes(file));
      return Optional.of(
          new NodeMemory(
              kept.text("name"),
              kept.items("servers").texts().stream().map(URI::create).toList(),
              kept.text("podCIDR")));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IOException(
          file + " cannot be read: " + e.getMessage() + "; remove it, and join again", e);
    }
  }

  /** Remembers; the file is never there half written. */
  public void write(Path directory) throws IOException {
    Tree kept =
        Tree.of(
            "name",
            name,
            "servers",
            Items.copyOf(servers.stream().map(URI::toString).toList()),
            "podCIDR",
            pods);
    Path part = directory.resolve(FILE + ".part");
    Files.write(part, Json.printPretty(kept));
    Files.move(
        part,
        directory.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same with servers elsewhere. */
  public NodeMemory at(List<URI> others) {
    return new NodeMemory(name, others, pods);
  }

  /** The same with addresses for pods. */
  public NodeMemory with(String block) {
    return new NodeMemory(name, servers, block);
  }
}
