package io.kuber.node.image.layer;

/**
 * How much a layer may cost.
 *
 * @param bytes of all its files together, unpacked; an entry counts {@link #ENTRY_BYTES} besides
 * @param fileBytes of one file
 * @param entries of the archive, repetitions included
 * @param headerBytes of the extended header of one entry, held in memory
 * @param nameBytes of a name or the target of a link
 * @param depth of directories
 * @param freeBytes what has to stay free on the disk
 */
public record LayerLimits(
    long bytes,
    long fileBytes,
    int entries,
    int headerBytes,
    int nameBytes,
    int depth,
    long freeBytes) {
  /** What an entry costs the disk besides its content: an inode and a place in a directory. */
  static final long ENTRY_BYTES = 512;

  /**
   * Room for the largest images in use, such as those of machine learning: 64 GiB a layer, a
   * million entries, names as long as the kernel takes, and half a gigabyte left to the machine.
   */
  public static final LayerLimits DEFAULT =
      new LayerLimits(64L << 30, 32L << 30, 1_000_000, 1 << 20, 4095, 256, 512L << 20);

  /** The same with other limits on what is unpacked. */
  public LayerLimits withBytes(long all, long file) {
    return new LayerLimits(all, file, entries, headerBytes, nameBytes, depth, freeBytes);
  }

  /** The same with another limit on the number of entries. */
  public LayerLimits withEntries(int most) {
    return new LayerLimits(bytes, fileBytes, most, headerBytes, nameBytes, depth, freeBytes);
  }

  /** The same, leaving more or less of the disk free. */
  public LayerLimits withFreeBytes(long free) {
    return new LayerLimits(bytes, fileBytes, entries, headerBytes, nameBytes, depth, free);
  }
}
