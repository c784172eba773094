package io.kuber.node.image.store;

import io.kuber.linux.Deletion;
import io.kuber.linux.DurableFiles;
import io.kuber.linux.PrivateDirectory;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a node below one directory:
 *
 * <pre>
 * images/sha256-HEX.json   a record per image
 * layers/sha256-HEX/       a layer, unpacked, by the digest of its archive
 * ingest/sha256-HEX        what has come so far of a blob
 * staging/N                what is being made; emptied at start
 * provenance/sha256-HEX.json  configuration and manifest of an image
 * blobs/sha256-HEX         a layer as it is packed, where the engine may want to pass it on
 * </pre>
 *
 * <p>The lock of this object guards its maps; files are written under it, layers are not.
 */
public final class ContentStore {
  private static final Logger LOG = LoggerFactory.getLogger(ContentStore.class);
  private static final String RECORD_SUFFIX = ".json";
  private static final int LARGEST_RECORD = 16 << 20;

  private final Path records;
  private final Path layers;
  private final Path ingest;
  private final Path staging;
  private final Archives archives;
  private final Map<Digest, StoredImage> images = new LinkedHashMap<>();
  private final Map<Digest, Long> layerBytes = new HashMap<>();
  private final Map<Digest, Integer> held = new HashMap<>();
  private long staged;

  private ContentStore(Path root) throws IOException {
    PrivateDirectory.make(root);
    this.records = PrivateDirectory.make(root.resolve("images"));
    this.layers = PrivateDirectory.make(root.resolve("layers"));
    this.ingest = PrivateDirectory.make(root.resolve("ingest"));
    this.staging = PrivateDirectory.make(root.resolve("staging"));
    this.archives = new Archives(root, staging);
  }

  /** Opens the store in a directory, and takes away what an earlier run left unfinished. */
  public static ContentStore open(Path root) throws IOException {
    ContentStore store = new ContentStore(root);
    store.recover();
    return store;
  }

  private synchronized void recover() throws IOException {
    for (Path unfinished : entries(staging)) {
      Deletion.of(unfinished);
    }
    for (Path record : entries(records)) {
      try {
        StoredImage image = read(record);
        if (image.layers().stream().allMatch(layer -> hasDirectory(layer.digest()))) {
          know(image);
          continue;
        }
        LOG.warn("image {} lacks a layer and is forgotten", image.names());
      } catch (IOException e) {
        LOG.warn("{} is forgotten: {}", record, e.toString());
      }
      Files.delete(record);
    }
    archives.recover(Set.copyOf(images.keySet()));
    removeUnnamedLayers();
  }

  private static StoredImage read(Path record) throws IOException {
    if (Files.size(record) > LARGEST_RECORD) {
      throw new IOException("the record of an image has " + Files.size(record) + " bytes");
    }
    return StoredImage.ofJson(Files.readAllBytes(record));
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }

  private void know(StoredImage image) {
    images.put(image.id(), image);
    image.layers().forEach(layer -> layerBytes.put(layer.digest(), layer.bytes()));
  }

  private static String fileName(Digest digest) {
    return digest.algorithm() + "-" + digest.hex();
  }

  /** The image of a name with a tag or a digest. */
  public synchronized Optional<StoredImage> find(String name) {
    return images.values().stream().filter(image -> image.names().contains(name)).findFirst();
  }

  /** The image with an id. */
  public synchronized Optional<StoredImage> get(Digest id) {
    return Optional.ofNullable(images.get(id));
  }

  /** What an image was described by; empty for those of kuber's first versions. */
  public synchronized Optional<Provenance> provenance(Digest id) {
    return archives.find(id);
  }

  /** Records what an image is described by; before {@link #put}, under a hold of its blobs. */
  public synchronized void describe(Digest id, Provenance provenance) throws IOException {
    archives.put(id, provenance);
  }

  /** The file of a packed layer, whether it is there or not. */
  public Path blob(Digest blob) {
    return archives.blob(blob);
  }

  /** Takes a file of the same file system, which is complete, as a packed layer. */
  public synchronized void adoptBlob(Path file, Digest blob) throws IOException {
    archives.adopt(file, blob);
  }

  /** Gives an image these names and no others; those that other images have are not touched. */
  public synchronized StoredImage rename(Digest id, List<String> names) throws IOException {
    StoredImage image = images.get(id);
    if (image == null) {
      throw new IOException("there is no image " + id);
    }
    StoredImage named = image.withNames(names);
    write(named);
    return named;
  }

  /** All images, in the order in which they came. */
  public synchronized List<StoredImage> images() {
    return List.copyOf(images.values());
  }

  /** The directory of a layer, whether it is there or not. */
  public Path directory(Digest layer) {
    return layers.resolve(fileName(layer));
  }

  private boolean hasDirectory(Digest layer) {
    return Files.isDirectory(directory(layer));
  }

  /** The layer, when it is there. */
  public synchronized Optional<StoredLayer> layer(Digest layer) {
    return Optional.ofNullable(layerBytes.get(layer)).map(bytes -> new StoredLayer(layer, bytes));
  }

  /** Keeps layers from being taken away until the hold is closed, be they there yet or not. */
  public synchronized Hold hold(Collection<Digest> wanted) {
    wanted.forEach(layer -> held.merge(layer, 1, Integer::sum));
    List<Digest> all = List.copyOf(wanted);
    return () -> release(all);
  }

  private synchronized void release(List<Digest> layersOfHold) {
    layersOfHold.forEach(
        layer -> held.computeIfPresent(layer, (same, count) -> count == 1 ? null : count - 1));
  }

  /** What keeps layers; close once. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** An empty directory to make a layer in. */
  public Path stage() throws IOException {
    Path made;
    synchronized (this) {
      made = staging.resolve("layer-" + staged++);
    }
    return Files.createDirectory(made);
  }

  /** Takes a staged directory that is complete, and on the disk, as a layer. */
  public synchronized StoredLayer adopt(Path stagedLayer, StoredLayer layer) throws IOException {
    Path place = directory(layer.digest());
    // A directory without a record is what a run left that ended before it wrote one.
    Deletion.of(place);
    DurableFiles.rename(stagedLayer, place);
    layerBytes.put(layer.digest(), layer.bytes());
    return layer;
  }

  /** Deletes a staged directory that did not become a layer. */
  public void discard(Path stagedLayer) throws IOException {
    Deletion.of(stagedLayer);
  }

  /** The file in which a blob is collected. */
  public Path ingest(Digest blob) {
    return ingest.resolve(fileName(blob));
  }

  /** Forgets blobs that did not come completely. Nothing may be downloaded meanwhile. */
  public void dropIngest() throws IOException {
    for (Path file : entries(ingest)) {
      Files.deleteIfExists(file);
    }
  }

  /** The disk that this is on. */
  public FileStore disk() throws IOException {
    return Files.getFileStore(layers);
  }

  /**
   * Records an image under its names, which other images lose. Names that the same image had before
   * stay.
   */
  public synchronized StoredImage put(StoredImage image) throws IOException {
    List<String> names = new ArrayList<>(image.names());
    StoredImage before = images.get(image.id());
    if (before != null) {
      before.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
    }
    StoredImage named = image.withNames(names);
    write(named);
    for (StoredImage other : List.copyOf(images.values())) {
      if (!other.id().equals(image.id()) && other.names().stream().anyMatch(names::contains)) {
        write(
            other.withNames(other.names().stream().filter(name -> !names.contains(name)).toList()));
      }
    }
    return named;
  }

  private void write(StoredImage image) throws IOException {
    String name = fileName(image.id()) + RECORD_SUFFIX;
    DurableFiles.write(records.resolve(name), image.toJson(), staging.resolve(name));
    know(image);
  }

  /** Takes an image away, and the layers that no other image has. */
  public synchronized void remove(Digest id) throws IOException {
    Files.deleteIfExists(records.resolve(fileName(id) + RECORD_SUFFIX));
    DurableFiles.syncDirectory(records);
    images.remove(id);
    archives.remove(id);
    removeUnnamedLayers();
  }

  private void removeUnnamedLayers() throws IOException {
    archives.removeUnnamed(held.keySet());
    Set<String> wanted = new HashSet<>();
    images.values().stream()
        .flatMap(image -> image.layers().stream())
        .forEach(layer -> wanted.add(fileName(layer.digest())));
    held.keySet().forEach(layer -> wanted.add(fileName(layer)));
    for (Path layer : entries(layers)) {
      String name = layer.getFileName().toString();
      if (!wanted.contains(name)) {
        layerBytes.keySet().removeIf(digest -> fileName(digest).equals(name));
        // Under another name first: half a layer must not be taken for a whole one.
        Path doomed = staging.resolve("gone-" + staged++);
        DurableFiles.rename(layer, doomed);
        Deletion.of(doomed);
      }
    }
  }
}
