package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.json.Json;
import io.kuber.node.image.ImageStock;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.Manifest;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Makes layers and images. What was made on a bench stays in the store until the bench is closed,
 * and after that what an image has. Belongs to one thread.
 */
final class Workbench implements AutoCloseable {
  static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String GZIP_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final int BUFFER_BYTES = 128 << 10;

  private final ImageStock stock;
  private final ContentStore store;
  private final List<ContentStore.Hold> holds = new ArrayList<>();
  private final Path directory;

  Workbench(ImageStock stock) throws IOException {
    this.stock = stock;
    this.store = stock.store();
    this.directory = store.stage();
  }

  /** A layer that is here, packed and as a directory. */
  record Layer(Descriptor blob, StoredLayer stored) {}

  /** Writes an archive. */
  @FunctionalInterface
  interface Archive {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A directory for what is to be thrown away. */
  Path directory(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  /** Packs a layer and unpacks it, so that its directory is what its archive says. */
  Layer layer(Archive archive) throws IOException {
    Path file = Files.createTempFile(directory, "layer", ".tar.gz");
    MessageDigest packed = sha256();
    MessageDigest plain = sha256();
    try (OutputStream out =
        new DigestOutputStream(
            new GZIPOutputStream(
                new DigestOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES), packed),
                BUFFER_BYTES),
            plain)) {
      archive.writeTo(out);
    }
    return adopt(file, GZIP_LAYER, hex(packed), hex(plain));
  }

  /**
   * Takes a file of the store's file system as a layer.
   *
   * @param packed its digest
   * @param plain the digest of what is in it, unpacked
   */
  Layer adopt(Path file, String mediaType, Digest packed, Digest plain) throws IOException {
    holds.add(store.hold(List.of(packed, plain)));
    Descriptor blob = new Descriptor(mediaType, packed, Files.size(file));
    store.adoptBlob(file, packed);
    return new Layer(blob, stock.layer(packed, plain));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static Digest hex(MessageDigest hasher) {
    return new Digest("sha256", HexFormat.of().formatHex(hasher.digest()));
  }

  /** The layers of an image, for one that grows out of it; they are held. */
  List<Layer> layersOf(StoredImage image) throws IOException {
    List<Digest> all = new ArrayList<>();
    image.layers().forEach(layer -> all.add(layer.digest()));
    Provenance known =
        store
            .provenance(image.id())
            .orElseThrow(
                () ->
                    EngineException.conflict(
                        "image "
                            + Names.shortId(image.id().hex())
                            + " was pulled by an earlier version of kuber, which kept no manifest;"
                            + " pull it again"));
    List<Descriptor> blobs = known.single().layers();
    blobs.forEach(blob -> all.add(blob.digest()));
    holds.add(store.hold(all));
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < blobs.size(); i++) {
      layers.add(new Layer(blobs.get(i), image.layers().get(i)));
    }
    return layers;
  }

  /**
   * Records an image.
   *
   * @param config without {@code rootfs}, which the layers say
   * @param names whole ones, to add
   */
  StoredImage image(
      Tree config, List<Layer> layers, Optional<Digest> parent, String step, List<String> names)
      throws IOException {
    List<String> diffIds =
        layers.stream().map(layer -> layer.stored().digest().toString()).toList();
    byte[] bytes =
        Json.print(
            config.with("rootfs", Tree.of("type", "layers", "diff_ids", Items.copyOf(diffIds))));
    byte[] manifest = manifest(bytes, layers.stream().map(Layer::blob).toList());
    return stock.register(
        new Provenance(bytes, manifest, parent, step),
        names,
        layers.stream().map(Layer::stored).toList());
  }

  /** The manifest of an image. */
  static byte[] manifest(byte[] config, List<Descriptor> layers) {
    Descriptor described = new Descriptor(CONFIG, Digest.sha256(config), config.length);
    return Json.print(
        Tree.of(
            "schemaVersion",
            2L,
            "mediaType",
            Manifest.OCI,
            "config",
            tree(described),
            "layers",
            Items.copyOf(layers.stream().map(Workbench::tree).toList())));
  }

  private static Tree tree(Descriptor descriptor) {
    return Tree.of(
        "mediaType",
        ociType(descriptor.mediaType()),
        "digest",
        descriptor.digest().toString(),
        "size",
        descriptor.size());
  }

  /** Docker's names of types in those of OCI, which one manifest is to have throughout. */
  private static String ociType(String type) {
    return switch (type) {
      case "application/vnd.docker.image.rootfs.diff.tar.gzip" -> GZIP_LAYER;
      case "application/vnd.docker.image.rootfs.diff.tar.zstd" ->
          "application/vnd.oci.image.layer.v1.tar+zstd";
      case "application/vnd.docker.image.rootfs.diff.tar" ->
          "application/vnd.oci.image.layer.v1.tar";
      default -> type;
    };
  }

  @Override
  public void close() throws IOException {
    holds.forEach(ContentStore.Hold::close);
    store.discard(directory);
  }
}
