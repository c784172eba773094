package io.kuber.node.image.registry;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a name in a registry stands for: an image, or a list of one image per platform. */
public sealed interface Manifest {
  /** The largest manifest that is read (distribution-spec: registries take 4 MiB). */
  int MAX_BYTES = 4 << 20;

  /** More than an overlay can have, and far more than any list has platforms. */
  int MAX_PARTS = 500;

  String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
  String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  String OCI = "application/vnd.oci.image.manifest.v1+json";
  String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** What a registry is asked for. */
  String ACCEPTED = String.join(", ", OCI_INDEX, DOCKER_LIST, OCI, DOCKER);

  /** Layers that a manifest may name although nobody may pass them on; they are not fetched. */
  Set<String> NOT_DISTRIBUTED =
      Set.of(
          "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
          "application/vnd.oci.image.layer.nondistributable.v1.tar",
          "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip");

  /** One image. */
  record Single(Descriptor config, List<Descriptor> layers) implements Manifest {
    public Single {
      layers = List.copyOf(layers);
    }
  }

  /** Images for several platforms, in the order in which they stand. */
  record Choice(List<Option> options) implements Manifest {
    public Choice {
      options = List.copyOf(options);
    }

    /** The manifest that runs best on a platform. */
    public Optional<Descriptor> best(Platform platform) {
      Descriptor best = null;
      int bestFit = 0;
      for (Option option : options) {
        int fit = option.platform.map(platform::fit).orElse(1);
        if (fit > bestFit) {
          best = option.manifest;
          bestFit = fit;
        }
      }
      return Optional.ofNullable(best);
    }
  }

  /** One image of several; a list may leave the platform out. */
  record Option(Optional<Platform> platform, Descriptor manifest) {}

  /**
   * Reads a manifest.
   *
   * @throws IOException when it is of a kind that is not an image, or malformed
   */
  static Manifest parse(byte[] json) throws IOException {
    Tree tree;
    try {
      tree = Json.parse(json);
    } catch (MalformedException e) {
      throw new IOException("the manifest is not JSON: " + e.getMessage(), e);
    }
    if (tree.number(0, "schemaVersion") == 1) {
      throw new IOException(
          "the manifest is of Docker's schema 1, which registries gave up; push the image again");
    }
    String type = tree.text("mediaType");
    boolean list = type.isEmpty() ? tree.has("manifests") : isList(type);
    if (!list && !type.isEmpty() && !type.equals(DOCKER) && !type.equals(OCI)) {
      throw new IOException("the manifest is of type " + type + ", which is no image");
    }
    return list ? choice(tree) : single(tree);
  }

  private static boolean isList(String type) {
    return type.equals(DOCKER_LIST) || type.equals(OCI_INDEX);
  }

  private static Manifest choice(Tree tree) throws IOException {
    List<Option> options = new ArrayList<>();
    for (Tree each : parts(tree, "manifests")) {
      Optional<Platform> platform =
          each.has("platform") ? Optional.of(Platform.of(each.tree("platform"))) : Optional.empty();
      options.add(new Option(platform, Descriptor.of(each)));
    }
    return new Choice(options);
  }

  private static Manifest single(Tree tree) throws IOException {
    List<Descriptor> layers = new ArrayList<>();
    for (Tree each : parts(tree, "layers")) {
      Descriptor layer = Descriptor.of(each);
      if (NOT_DISTRIBUTED.contains(layer.mediaType())) {
        throw new IOException("layer " + layer.digest() + " is one that registries do not give");
      }
      layers.add(layer);
    }
    return new Single(Descriptor.of(tree.tree("config")), layers);
  }

  private static List<Tree> parts(Tree tree, String field) throws IOException {
    List<Tree> parts = tree.items(field).trees();
    if (parts.size() > MAX_PARTS) {
      throw new IOException("the manifest has " + parts.size() + " " + field);
    }
    return parts;
  }
}
