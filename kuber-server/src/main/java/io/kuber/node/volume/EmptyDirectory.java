package io.kuber.node.volume;

import io.kuber.object.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * {@code emptyDir}: a directory that lives as long as its pod, on the disk, in memory or in huge
 * pages.
 */
final class EmptyDirectory implements VolumeKind {
  private static final int FOR_ALL = 0777;
  private static final String HUGE_PAGES = "HugePages";

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
      default -> {
        fresh = !request.mounts().isMounted(path);
        if (fresh) {
          makeOfHugePages(request, path);
        }
      }
    }
    if (fresh) {
      Files.setAttribute(path, "unix:mode", FOR_ALL);
      FileGroup.of(request.pod(), false).giveAll(path);
    }
    return new Made.Place(path, false);
  }

  /** In pages of the size that the medium names, or else of the only one that the pod asks for. */
  private static void makeOfHugePages(Request request, Path path) {
    String medium = request.source().text("medium");
    SortedMap<Long, Long> asked = request.pod().hugePages().bytes();
    if (!medium.equals(HUGE_PAGES) && !medium.startsWith(HUGE_PAGES + "-")) {
      throw new VolumeException("unsupported medium \"" + medium + "\"");
    }
    if (medium.equals(HUGE_PAGES) && asked.size() > 1) {
      throw new VolumeException(
          "medium \"HugePages\" is for pods with huge pages of one size, and this one has those of "
              + asked.size());
    }
    long page =
        medium.equals(HUGE_PAGES)
            ? asked.isEmpty() ? 0 : asked.firstKey()
            : Quantity.parse(medium.substring(HUGE_PAGES.length() + 1)).value();
    if (!asked.containsKey(page)) {
      throw new VolumeException(
          "medium \"" + medium + "\": no container of the pod has a limit of such pages");
    }
    request.mounts().hugePages(path, page, request.pod().hugePages().in(page));
  }

  /** The limit of the volume or of the pod's memory, whichever is less (KEP-1967). */
  static long memoryBytes(Request request) {
    long own = Quantity.of(request.source().at("sizeLimit")).value();
    long pod = request.pod().memoryBytes();
    return own == 0 ? pod : pod == 0 ? own : Math.min(own, pod);
  }
}
