package io.kuber.node.image.store;

import io.kuber.linux.DurableFiles;
import io.kuber.linux.PrivateDirectory;
import io.kuber.node.image.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of images besides their layers' directories: where they come from, and their layers
 * as they are packed. Guarded by the lock of the {@link ContentStore} that it belongs to.
 */
final class Archives {
  private static final Logger LOG = LoggerFactory.getLogger(Archives.class);
  private static final String SUFFIX = ".json";
  private static final int LARGEST_RECORD = 32 << 20;

  private final Path records;
  private final Path blobs;
  private final Path staging;
  private final Map<Digest, Provenance> known = new HashMap<>();

  Archives(Path root, Path staging) throws IOException {
    this.records = PrivateDirectory.make(root.resolve("provenance"));
    this.blobs = PrivateDirectory.make(root.resolve("blobs"));
    this.staging = staging;
  }

  private static String fileName(Digest digest) {
    return digest.algorithm() + "-" + digest.hex();
  }

  private Path record(Digest image) {
    return records.resolve(fileName(image) + SUFFIX);
  }

  /** Reads what is there of images that are there, and takes away the rest. */
  void recover(Set<Digest> images) throws IOException {
    Set<String> wanted = new HashSet<>();
    for (Digest image : images) {
      Path record = record(image);
      wanted.add(record.getFileName().toString());
      if (!Files.exists(record)) {
        continue;
      }
      try {
        if (Files.size(record) > LARGEST_RECORD) {
          throw new IOException("it has " + Files.size(record) + " bytes");
        }
        known.put(image, Provenance.ofJson(Files.readAllBytes(record)));
      } catch (IOException e) {
        LOG.warn("{} is forgotten: {}", record, e.toString());
        wanted.remove(record.getFileName().toString());
      }
    }
    keepOnly(records, wanted);
    removeUnnamed(Set.of());
  }

  Optional<Provenance> find(Digest image) {
    return Optional.ofNullable(known.get(image));
  }

  void put(Digest image, Provenance provenance) throws IOException {
    Path record = record(image);
    Path unfinished = staging.resolve("provenance-" + record.getFileName());
    DurableFiles.write(record, provenance.toJson(), unfinished);
    known.put(image, provenance);
  }

  void remove(Digest image) throws IOException {
    known.remove(image);
    Files.deleteIfExists(record(image));
  }

  Path blob(Digest digest) {
    return blobs.resolve(fileName(digest));
  }

  void adopt(Path file, Digest digest) throws IOException {
    DurableFiles.rename(file, blob(digest));
  }

  /** Takes away packed layers that no image has and nobody holds. */
  void removeUnnamed(Set<Digest> held) throws IOException {
    Set<String> wanted = new HashSet<>();
    for (Provenance each : known.values()) {
      each.blobs().forEach(blob -> wanted.add(fileName(blob)));
    }
    held.forEach(blob -> wanted.add(fileName(blob)));
    keepOnly(blobs, wanted);
  }

  private static void keepOnly(Path directory, Set<String> wanted) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(directory)) {
      all = entries.toList();
    }
    for (Path each : all) {
      if (!wanted.contains(each.getFileName().toString())) {
        Files.deleteIfExists(each);
      }
    }
  }
}
