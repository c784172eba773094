package io.kuber.node.image.layer;

import java.io.IOException;
import java.nio.file.FileStore;

/** Counts what a layer costs and refuses what is beyond its limits. */
final class Budget {
  /** How many bytes are written between two looks at the disk. */
  private static final long LOOK_BYTES = 16L << 20;

  /** Characters of names that are kept in memory until the layer is complete. */
  private static final long REMEMBERED_CHARACTERS = 64L << 20;

  private final LayerLimits limits;
  private final FileStore disk;
  private int entries;
  private long bytes;
  private long remembered;
  private long unseen = LOOK_BYTES;

  Budget(LayerLimits limits, FileStore disk) {
    this.limits = limits;
    this.disk = disk;
  }

  /** Takes an entry with the size that its header says, before any of it is written. */
  void take(TarEntry entry) throws IOException {
    entries++;
    if (entries > limits.entries()) {
      throw new IOException("is one more than the " + limits.entries() + " that a layer may have");
    }
    if (entry.size() > limits.fileBytes()) {
      throw new IOException(
          "has " + entry.size() + " bytes; a file may have " + limits.fileBytes());
    }
    bytes += entry.size() + LayerLimits.ENTRY_BYTES;
    if (bytes > limits.bytes()) {
      throw new IOException("makes the layer larger than the " + limits.bytes() + " bytes allowed");
    }
    unseen += LayerLimits.ENTRY_BYTES;
    look(entry.size());
  }

  /** Takes a name that is kept until the layer is complete. */
  void remember(String name) throws IOException {
    remembered += name.length();
    if (remembered > REMEMBERED_CHARACTERS) {
      throw new IOException("is one of too many directories with too long names");
    }
  }

  /** Tells what was written, so that the disk is looked at from time to time. */
  void wrote(long count) throws IOException {
    unseen += count;
    look(0);
  }

  private void look(long coming) throws IOException {
    if (unseen < LOOK_BYTES && coming < LOOK_BYTES) {
      return;
    }
    unseen = 0;
    long free = disk.getUsableSpace();
    if (free - coming < limits.freeBytes()) {
      throw new IOException(
          "does not fit: %d bytes are free and %d have to stay so"
              .formatted(free, limits.freeBytes()));
    }
  }

  /** Bytes of all entries so far. */
  long bytes() {
    return bytes;
  }
}
