package io.kuber.node.image.store;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.node.image.registry.Digest;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image that is here, as its record tells.
 *
 * @param id the digest of its configuration
 * @param names what it is called, with tags ({@code docker.io/library/busybox:1.36}) and with
 *     digests ({@code docker.io/library/busybox@sha256:...})
 * @param layers lowest first
 * @param user {@code uid:gid}, or a name that no layer knows
 */
public record StoredImage(
    Digest id,
    List<String> names,
    List<StoredLayer> layers,
    List<String> entrypoint,
    List<String> command,
    Map<String, String> environment,
    String user,
    String workingDirectory,
    String stopSignal,
    Instant pulledAt) {
  /** Copies the collections. */
  public StoredImage {
    names = List.copyOf(names);
    layers = List.copyOf(layers);
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A layer and how many bytes its files have. */
  public record StoredLayer(Digest digest, long bytes) {}

  /** The bytes of all layers, shared ones included. */
  public long bytes() {
    return layers.stream().mapToLong(StoredLayer::bytes).sum();
  }

  /** The same image under other names. */
  public StoredImage withNames(List<String> other) {
    return new StoredImage(
        id,
        other,
        layers,
        entrypoint,
        command,
        environment,
        user,
        workingDirectory,
        stopSignal,
        pulledAt);
  }

  byte[] toJson() {
    List<Tree> stored = new ArrayList<>();
    layers.forEach(
        layer -> stored.add(Tree.of("digest", layer.digest.toString(), "bytes", layer.bytes)));
    Tree.Builder tree =
        Tree.builder()
            .put("id", id.toString())
            .put("names", Items.copyOf(names))
            .put("layers", Items.copyOf(stored))
            .put("entrypoint", Items.copyOf(entrypoint))
            .put("command", Items.copyOf(command))
            .put("environment", Tree.ofTexts(environment))
            .put("user", user)
            .put("workingDirectory", workingDirectory)
            .put("stopSignal", stopSignal)
            .put("pulledAt", pulledAt.toString());
    return Json.print(tree.build());
  }

  static StoredImage ofJson(byte[] json) throws IOException {
    try {
      Tree tree = Json.parse(json);
      List<StoredLayer> layers = new ArrayList<>();
      for (Tree layer : tree.items("layers").trees()) {
        layers.add(new StoredLayer(Digest.parse(layer.text("digest")), layer.number(0, "bytes")));
      }
      return new StoredImage(
          Digest.parse(tree.text("id")),
          tree.items("names").texts(),
          layers,
          tree.items("entrypoint").texts(),
          tree.items("command").texts(),
          new LinkedHashMap<>(tree.tree("environment").texts()),
          tree.text("user"),
          tree.text("workingDirectory"),
          tree.text("stopSignal"),
          Instant.parse(tree.text("pulledAt")));
    } catch (MalformedException
        | IllegalArgumentException
        | ClassCastException
        | DateTimeException e) {
      throw new IOException("the record of an image is malformed: " + e.getMessage(), e);
    }
  }
}
