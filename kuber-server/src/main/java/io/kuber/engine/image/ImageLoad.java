package io.kuber.engine.image;

import io.kuber.engine.wire.ProgressLines;
import io.kuber.json.Json;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.layer.Compression;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.Unpacking;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.ImageSettings;
import io.kuber.node.image.registry.Manifest;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes images from an archive: one of {@code docker save}, old or new, or a layout of OCI. Layers
 * that come packed keep their bytes; others are packed.
 */
final class ImageLoad {
  private static final int LARGEST_JSON = 8 << 20;

  private final Images images;
  private final Workbench bench;
  private final FileView files;

  private ImageLoad(Images images, Workbench bench, Path directory) {
    this.images = images;
    this.bench = bench;
    this.files = new FileView(List.of(directory));
  }

  /** Loads what the stream has, and tells which images those are. */
  static void run(Images images, InputStream archive, Lines lines) throws IOException {
    try (Workbench bench = new Workbench(images.stock())) {
      Path directory = bench.directory("archive");
      new Unpacking(Syscalls.linux(), LayerLimits.DEFAULT)
          .unpack("archive", archive, Workbench.sha256(), directory);
      try (ProgressLines out = lines.open()) {
        new ImageLoad(images, bench, directory).load(out);
      }
    }
  }

  /** Opens the answer, once all has been read. */
  @FunctionalInterface
  interface Lines {
    ProgressLines open() throws IOException;
  }

  private void load(ProgressLines out) throws IOException {
    try {
      if (has("manifest.json")) {
        for (Object each : (Items) Json.parseValue(read("manifest.json"))) {
          tell(docker((Tree) each), ((Tree) each).items("RepoTags").texts(), out);
        }
      } else if (has("index.json")) {
        for (Tree each : Json.parse(read("index.json")).items("manifests").trees()) {
          Tree annotations = each.tree("annotations");
          String name = annotations.text("io.containerd.image.name");
          if (name.isEmpty()) {
            name = annotations.text("org.opencontainers.image.ref.name");
          }
          boolean isWhole = name.indexOf(':') >= 0 || name.indexOf('/') >= 0;
          tell(oci(each), isWhole ? List.of(name) : List.of(), out);
        }
      } else {
        throw new IOException("it has neither a manifest.json nor an index.json");
      }
    } catch (IOException | RuntimeException e) {
      out.error("the archive cannot be loaded: " + e.getMessage());
    }
  }

  private void tell(StoredImage image, List<String> tags, ProgressLines out) throws IOException {
    if (tags.isEmpty()) {
      out.stream("Loaded image ID: " + image.id() + "\n");
    }
    for (String tag : tags) {
      ImageReference name = Names.parse(tag);
      images.tag(images.get(image.id().toString()), name);
      out.stream("Loaded image: " + Names.familiar(name) + "\n");
    }
    images.tell("load", image.id(), image.id().toString());
  }

  private Optional<Path> file(String name) throws IOException {
    return files
        .find(files.resolve(name))
        .filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS));
  }

  private boolean has(String name) throws IOException {
    return file(name).isPresent();
  }

  private Path existing(String name) throws IOException {
    return file(name).orElseThrow(() -> new IOException("it has no " + name));
  }

  private byte[] read(String name) throws IOException {
    Path file = existing(name);
    if (Files.size(file) > LARGEST_JSON) {
      throw new IOException(name + " has more than " + LARGEST_JSON + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  private StoredImage oci(Tree entry) throws IOException {
    Digest digest = Digest.parse(entry.text("digest"));
    byte[] manifest = read(path(digest));
    if (!digest.isOf(manifest)) {
      throw new IOException("the manifest " + digest + " has another digest");
    }
    if (!(Manifest.parse(manifest) instanceof Manifest.Single single)) {
      throw new IOException("the manifest " + digest + " is a list of images");
    }
    byte[] config = read(path(single.config().digest()));
    List<String> layers = single.layers().stream().map(layer -> path(layer.digest())).toList();
    return register(config, layers, Optional.of(manifest));
  }

  private StoredImage docker(Tree entry) throws IOException {
    byte[] config = read(entry.text("Config"));
    return register(config, entry.items("Layers").texts(), manifestOf(Digest.sha256(config)));
  }

  /** The manifest of an image, if the archive is a layout as well. */
  private Optional<byte[]> manifestOf(Digest config) throws IOException {
    if (!has("index.json")) {
      return Optional.empty();
    }
    for (Tree each : Json.parse(read("index.json")).items("manifests").trees()) {
      Digest digest = Digest.parse(each.text("digest"));
      if (has(path(digest))) {
        byte[] manifest = read(path(digest));
        boolean isIt =
            digest.isOf(manifest)
                && Manifest.parse(manifest) instanceof Manifest.Single single
                && single.config().digest().equals(config);
        if (isIt) {
          return Optional.of(manifest);
        }
      }
    }
    return Optional.empty();
  }

  private StoredImage register(byte[] config, List<String> layerFiles, Optional<byte[]> manifest)
      throws IOException {
    ImageSettings settings = ImageSettings.parse(config);
    if (settings.layers().size() != layerFiles.size()) {
      throw new IOException(
          "an image has %d layers and digests of %d"
              .formatted(layerFiles.size(), settings.layers().size()));
    }
    List<Descriptor> blobs = new ArrayList<>();
    List<StoredLayer> stored = new ArrayList<>();
    for (int i = 0; i < layerFiles.size(); i++) {
      Workbench.Layer layer = layer(existing(layerFiles.get(i)), settings.layers().get(i));
      blobs.add(layer.blob());
      stored.add(layer.stored());
    }
    byte[] own = Workbench.manifest(config, blobs);
    if (manifest.isPresent() && names(manifest.get(), blobs)) {
      own = manifest.get();
    }
    return images.stock().register(Provenance.foreign(config, own), List.of(), stored);
  }

  private static boolean names(byte[] manifest, List<Descriptor> blobs) throws IOException {
    return Manifest.parse(manifest) instanceof Manifest.Single single
        && single.layers().stream()
            .map(Descriptor::digest)
            .toList()
            .equals(blobs.stream().map(Descriptor::digest).toList());
  }

  private Workbench.Layer layer(Path file, Digest plain) throws IOException {
    byte[] magic;
    try (InputStream in = Files.newInputStream(file)) {
      magic = in.readNBytes(4);
    }
    Compression packing = Compression.of(magic);
    if (packing == Compression.NONE) {
      Workbench.Layer made = bench.layer(out -> Files.copy(file, out));
      if (!made.stored().digest().equals(plain)) {
        throw new IOException(
            "a layer has the digest " + made.stored().digest() + ", not " + plain);
      }
      return made;
    }
    MessageDigest hasher = Workbench.sha256();
    byte[] buffer = new byte[128 << 10];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
      }
    }
    String type =
        packing == Compression.GZIP
            ? Workbench.GZIP_LAYER
            : "application/vnd.oci.image.layer.v1.tar+zstd";
    Path taken = bench.directory("taken").resolve(plain.hex());
    // Several images may have the same layer, so the file stays for the next.
    Files.copy(file, taken, StandardCopyOption.REPLACE_EXISTING);
    return bench.adopt(taken, type, Workbench.hex(hasher), plain);
  }
}
