package io.kuber.node.image.layer;

import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Unpacks layers into directories. Blocks for as long as that takes. */
public final class Unpacking {
  private static final int DRAIN_BYTES = 64 << 10;

  /** What errors call an archive that is no layer. */
  private static final String ARCHIVE = "archive";

  private final Syscalls linux;
  private final LayerLimits limits;

  /** Unpacks within limits. */
  public Unpacking(Syscalls linux, LayerLimits limits) {
    this.linux = linux;
    this.limits = limits;
  }

  /**
   * A layer that was unpacked.
   *
   * @param hex the digest of the archive, as the algorithm that was asked for computes it
   * @param bytes what its files take
   */
  public record Unpacked(String hex, long bytes) {}

  /**
   * Unpacks a layer, plain or compressed, and has it on the disk when it returns.
   *
   * @param layer names the layer in errors
   * @param packed its bytes, for the caller to close
   * @param digest computes the digest of the archive
   * @param directory an empty directory
   * @throws LayerException when the archive is not one, or is refused
   */
  public Unpacked unpack(String layer, InputStream packed, MessageDigest digest, Path directory)
      throws IOException {
    Budget budget = new Budget(limits, Files.getFileStore(directory));
    // Skipping would leave bytes out of the digest, so nothing here calls skip().
    try (DigestInputStream archive = new DigestInputStream(open(layer, packed), digest);
        LayerTree tree = new LayerTree(linux, directory, limits.depth())) {
      unpack(layer, new TarReader(archive, limits), tree, budget);
      drain(layer, archive);
      sync(directory);
    }
    return new Unpacked(HexFormat.of().formatHex(digest.digest()), budget.bytes());
  }

  /**
   * Unpacks an archive, plain or compressed, into a directory that has files already: those of the
   * same names are replaced, and names that mean something in layers mean nothing.
   *
   * @param archive its bytes, for the caller to close
   * @param directory which is the root of all paths in the archive
   * @param disk where what is unpacked takes room
   * @throws LayerException when the archive is not one, or is refused
   */
  public void into(InputStream archive, Path directory, FileStore disk) throws IOException {
    Budget budget = new Budget(limits, disk);
    try (InputStream plain = open(ARCHIVE, archive);
        LayerTree tree = new LayerTree(linux, directory, limits.depth())) {
      place(ARCHIVE, new TarReader(plain, limits), LayerWriter.plain(linux, tree, limits, budget));
      drain(ARCHIVE, plain);
    }
  }

  private static InputStream open(String layer, InputStream packed) throws IOException {
    try {
      return Compression.unpack(packed);
    } catch (IOException e) {
      throw new LayerException(layer, "", e);
    }
  }

  private void unpack(String layer, TarReader archive, LayerTree tree, Budget budget)
      throws IOException {
    place(layer, archive, LayerWriter.ofLayer(linux, tree, limits, budget));
  }

  private static void place(String layer, TarReader archive, LayerWriter writer)
      throws IOException {
    String name = "";
    try {
      Optional<TarEntry> entry = archive.next();
      while (entry.isPresent()) {
        name = entry.get().name();
        writer.place(entry.get(), archive);
        name = "";
        entry = archive.next();
      }
      writer.finish();
    } catch (IOException | RuntimeException e) {
      // Decompressors fail with exceptions of either kind on malformed input.
      throw new LayerException(layer, name, e);
    }
  }

  /** Reads what follows the last entry, which counts for the digest and is bounded like a file. */
  private void drain(String layer, InputStream archive) throws IOException {
    byte[] buffer = new byte[DRAIN_BYTES];
    long count = 0;
    try {
      for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
        count += read;
        if (count > limits.fileBytes()) {
          throw new IOException("has more than " + limits.fileBytes() + " bytes after its end");
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new LayerException(layer, "", e);
    }
  }

  /** One call for all files: a name that is given afterwards stands for a complete layer. */
  private void sync(Path directory) throws IOException {
    try {
      int opened = linux.open(directory.toString(), Uapi.O_RDONLY, 0);
      try {
        linux.syncFileSystem(opened);
      } finally {
        linux.close(opened);
      }
    } catch (SyscallException e) {
      throw new IOException("cannot bring " + directory + " to the disk", e);
    }
  }
}
