package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A volume of files made of objects, kept up to date by exchanging all of them at once. */
final class FileVolume implements VolumeKind {
  private static final long DEFAULT_MODE = 0644;
  private static final int FOR_ALL = 0777;

  private final Projection projection;
  private final boolean inMemory;

  private FileVolume(Projection projection, boolean inMemory) {
    this.projection = projection;
    this.inMemory = inMemory;
  }

  /** Files that may lie on the node's disk. */
  static FileVolume onDisk(Projection projection) {
    return new FileVolume(projection, false);
  }

  /** Files that nobody shall find on the node's disk. */
  static FileVolume inMemory(Projection projection) {
    return new FileVolume(projection, true);
  }

  @Override
  public String field() {
    return projection.field();
  }

  @Override
  public boolean follows() {
    return true;
  }

  @Override
  public Made make(Request request) throws IOException {
    int mode = (int) request.source().number(DEFAULT_MODE, "defaultMode");
    Path path = request.directory();
    AtomicFiles files = new AtomicFiles(path, FileGroup.of(request.pod(), true));
    var content = projection.files(request.source(), mode, request);
    if (!Files.exists(path) || (inMemory && !request.mounts().isMounted(path))) {
      Files.createDirectories(path);
      if (inMemory) {
        request.mounts().memory(path, 0);
      }
      Files.setAttribute(path, "unix:mode", FOR_ALL);
    }
    files.write(content);
    return new Made.Place(path, true);
  }
}
