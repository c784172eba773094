package io.kuber.node.volume;

import io.kuber.object.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code emptyDir}: a directory that lives as long as its pod, on the disk or in memory. */
final class EmptyDirectory implements VolumeKind {
  private static final int FOR_ALL = 0777;

  @Override
  public String field() {
    return "emptyDir";
  }

  @Override
  public Made make(Request request) throws IOException {
    Path path = request.directory();
    boolean fresh = !Files.exists(path);
    Files.createDirectories(path);
    switch (request.source().text("medium")) {
      case "" -> {}
      case "Memory" -> {
        fresh = !request.mounts().isMounted(path);
        if (fresh) {
          request.mounts().memory(path, memoryBytes(request));
        }
      }
      default ->
          throw new VolumeException(
              "unsupported medium \"%s\": this node makes no volumes of huge pages"
                  .formatted(request.source().text("medium")));
    }
    if (fresh) {
      Files.setAttribute(path, "unix:mode", FOR_ALL);
      FileGroup.of(request.pod(), false).giveAll(path);
    }
    return new Made.Place(path, false);
  }

  /** The limit of the volume or of the pod's memory, whichever is less (KEP-1967). */
  static long memoryBytes(Request request) {
    long own = Quantity.of(request.source().at("sizeLimit")).value();
    long pod = request.pod().memoryBytes();
    return own == 0 ? pod : pod == 0 ? own : Math.min(own, pod);
  }
}
