package io.kuber.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Json;
import io.kuber.node.image.layer.TestArchive;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.Manifest;
import io.kuber.node.image.registry.Platform;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image of a test's own making: blobs by their digests, and a manifest over them. */
public final class TestImage {
  private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
  private final byte[] manifest;

  private TestImage(Platform platform, Tree config, List<TestArchive> layers) {
    List<Tree> descriptors = new ArrayList<>();
    List<String> unpacked = new ArrayList<>();
    for (TestArchive layer : layers) {
      descriptors.add(add("application/vnd.oci.image.layer.v1.tar+gzip", layer.gzip()));
      unpacked.add(Digest.sha256(layer.bytes()).toString());
    }
    Tree settings =
        Tree.of(
            "architecture",
            platform.architecture(),
            "os",
            platform.os(),
            "config",
            config,
            "rootfs",
            Tree.of("type", "layers", "diff_ids", Items.copyOf(unpacked)));
    Tree described = add("application/vnd.oci.image.config.v1+json", Json.print(settings));
    this.manifest =
        Json.print(
            Tree.of(
                "schemaVersion",
                2L,
                "mediaType",
                Manifest.OCI,
                "config",
                described,
                "layers",
                Items.copyOf(descriptors)));
    blobs.put(Digest.sha256(manifest), manifest);
  }

  /** An image for this machine. */
  public static TestImage of(Tree config, TestArchive... layers) {
    return new TestImage(Platform.host(), config, List.of(layers));
  }

  static TestImage of(Platform platform, TestArchive... layers) {
    return new TestImage(platform, Tree.EMPTY, List.of(layers));
  }

  /** An image with one file, for tests that do not run it. */
  static TestImage ofFile(String name, String content) {
    return of(Tree.EMPTY, new TestArchive().file(name, content));
  }

  private Tree add(String mediaType, byte[] blob) {
    Digest digest = Digest.sha256(blob);
    blobs.put(digest, blob);
    return descriptor(mediaType, digest, blob);
  }

  private static Tree descriptor(String mediaType, Digest digest, byte[] blob) {
    return Tree.of("mediaType", mediaType, "digest", digest.toString(), "size", (long) blob.length);
  }

  /** The manifest's bytes. */
  public byte[] manifest() {
    return manifest.clone();
  }

  Digest digest() {
    return Digest.sha256(manifest);
  }

  /** Everything by its digest, the manifest included. */
  public Map<Digest, byte[]> blobs() {
    return Map.copyOf(blobs);
  }

  /** The digest of a layer as it is downloaded; the lowest is 0. */
  Digest layer(int index) {
    return List.copyOf(blobs.keySet()).get(index);
  }

  /** A layer as it is downloaded. */
  byte[] layerBytes(int index) {
    return List.copyOf(blobs.values()).get(index).clone();
  }

  /** A list of images by platform. */
  static byte[] index(Map<Platform, TestImage> images) {
    List<Tree> manifests = new ArrayList<>();
    images.forEach(
        (platform, image) ->
            manifests.add(
                descriptor(Manifest.OCI, image.digest(), image.manifest)
                    .with(
                        "platform",
                        Tree.of("os", platform.os(), "architecture", platform.architecture()))));
    return Json.print(
        Tree.of(
            "schemaVersion",
            2L,
            "mediaType",
            Manifest.OCI_INDEX,
            "manifests",
            Items.copyOf(manifests)));
  }

  /** Writes the image as an OCI layout, under a tag or a whole reference. */
  void writeLayout(Path directory, String name) throws IOException {
    Path files = Files.createDirectories(directory.resolve("blobs/sha256"));
    for (Map.Entry<Digest, byte[]> blob : blobs.entrySet()) {
      Files.write(files.resolve(blob.getKey().hex()), blob.getValue());
    }
    Files.write(
        directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
    Tree entry =
        descriptor(Manifest.OCI, digest(), manifest)
            .with("annotations", Tree.of("org.opencontainers.image.ref.name", name));
    Files.write(
        directory.resolve("index.json"),
        Json.print(Tree.of("schemaVersion", 2L, "manifests", Items.of(entry))));
  }
}
