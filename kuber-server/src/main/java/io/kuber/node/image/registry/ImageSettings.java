package io.kuber.node.image.registry;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the configuration of an image says (image-spec config.md).
 *
 * @param layers digests of the unpacked layers, lowest first
 */
public record ImageSettings(
    Platform platform,
    List<Digest> layers,
    List<String> entrypoint,
    List<String> command,
    Map<String, String> environment,
    String user,
    String workingDirectory,
    String stopSignal) {
  /** The largest configuration that is read. */
  public static final int MAX_BYTES = 8 << 20;

  /** Copies the collections. */
  public ImageSettings {
    layers = List.copyOf(layers);
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Reads a configuration. */
  public static ImageSettings parse(byte[] json) throws IOException {
    try {
      Tree tree = Json.parse(json);
      List<Digest> layers = new ArrayList<>();
      for (String digest : tree.items("rootfs", "diff_ids").texts()) {
        layers.add(Digest.parse(digest));
      }
      Tree config = tree.tree("config");
      return new ImageSettings(
          Platform.of(tree),
          layers,
          config.items("Entrypoint").texts(),
          config.items("Cmd").texts(),
          environment(config.items("Env").texts()),
          config.text("User"),
          config.text("WorkingDir"),
          config.text("StopSignal"));
    } catch (MalformedException | IllegalArgumentException | ClassCastException e) {
      throw new IOException("the image's configuration is malformed: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> environment(List<String> assignments) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String each : assignments) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        environment.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return environment;
  }
}
