package io.kuber.raft.log;

import io.kuber.store.ImageCodec;
import io.kuber.store.Sealing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshots of a store, the newest first. */
public final class SnapshotFiles {
  private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");

  private final List<Path> files;

  private SnapshotFiles(List<Path> files) {
    this.files = files;
  }

  static SnapshotFiles in(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> NAME.matcher(name(file)).matches()).forEach(found::add);
      }
    }
    found.sort(Comparator.comparingLong(SnapshotFiles::index).reversed());
    return new SnapshotFiles(found);
  }

  /**
   * A snapshot that can be used.
   *
   * @param snapshot the newest that is whole; empty when none is, and the log has to begin at its
   *     first entry
   * @param damaged newer ones that are not whole
   * @param damage what is wrong with them
   */
  record Choice(Optional<Snapshot> snapshot, List<Path> damaged, List<IOException> damage) {
    /** The last entry that the log need not have. */
    long index() {
      return snapshot.map(Snapshot::index).orElse(LogFiles.FIRST - 1);
    }
  }

  /** Reads snapshots, the newest first, until one is whole. */
  Choice choose(Sealing sealing) {
    List<Path> damaged = new ArrayList<>();
    List<IOException> damage = new ArrayList<>();
    for (Path file : files) {
      try {
        return new Choice(Optional.of(read(file, sealing)), damaged, damage);
      } catch (IOException e) {
        damaged.add(file);
        damage.add(e);
      }
    }
    return new Choice(Optional.empty(), damaged, damage);
  }

  /** Reads a snapshot, checks and opens it; throws {@link DamageException} naming it. */
  public static Snapshot read(Path file, Sealing sealing) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ImageCodec.Saved saved = ImageCodec.readSaved(in, sealing);
      return new Snapshot(saved.image(), Sessions.of(saved.beside()), term(file), index(file));
    } catch (IOException | RuntimeException e) {
      throw new DamageException("cannot read the snapshot " + file + ": " + e.getMessage(), e);
    }
  }

  private static long term(Path file) {
    return number(file, 1);
  }

  private static long index(Path file) {
    return number(file, 2);
  }

  private static long number(Path file, int group) {
    Matcher name = NAME.matcher(name(file));
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is no snapshot");
    }
    return Long.parseLong(name.group(group));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
