package io.kuber.cli.docker;

import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Unpacks what a container has given away. The container may be hostile: no name leads out of the
 * goal, neither by itself nor by a link that came before it.
 */
final class Extraction {
  private static final int BUFFER = 64 << 10;

  private final Path goal;
  private final boolean contents;
  private final boolean owners;
  private final Map<Path, TarEntry> directories = new LinkedHashMap<>();

  /**
   * What is to be unpacked.
   *
   * @param goal gets the place of the first part of all names
   * @param contents whether it is there already and gets what is in the directory
   * @param owners whether files get the owners that they have in the container
   */
  Extraction(Path goal, boolean contents, boolean owners) {
    this.goal = goal;
    this.contents = contents;
    this.owners = owners;
  }

  /** Reads an archive to its end. */
  void run(InputStream archive) throws IOException {
    TarReader tar = new TarReader(archive, LayerLimits.DEFAULT);
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      Path place = place(entry.name());
      if (!(contents && place.equals(goal))) {
        unpack(tar, entry, place);
      }
    }
    for (Map.Entry<Path, TarEntry> directory : directories.entrySet()) {
      facts(directory.getKey(), directory.getValue());
    }
  }

  /** Below the goal, whatever the name says. */
  private Path place(String name) throws IOException {
    Path path = Path.of(name.startsWith("/") ? name.substring(1) : name).normalize();
    if (path.startsWith("..")) {
      throw new IOException("the archive has an entry \"" + name + "\", which leads out of it");
    }
    Path place =
        path.getNameCount() > 1 ? goal.resolve(path.subpath(1, path.getNameCount())) : goal;
    for (Path above = place.getParent();
        above != null && above.startsWith(goal);
        above = above.getParent()) {
      if (!above.equals(goal) && Files.isSymbolicLink(above)) {
        throw new IOException("the archive has an entry \"" + name + "\" below a link");
      }
    }
    return place;
  }

  private void unpack(TarReader tar, TarEntry entry, Path place) throws IOException {
    switch (entry.type()) {
      case DIRECTORY -> {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(place);
        }
        directories.put(place, entry);
      }
      case SYMBOLIC_LINK -> {
        Files.deleteIfExists(place);
        Files.createSymbolicLink(place, Path.of(entry.link()));
        owner(place, entry);
      }
      case HARD_LINK -> {
        Files.deleteIfExists(place);
        Files.createLink(place, place(entry.link()));
      }
      case FILE -> {
        write(tar, place);
        facts(place, entry);
      }
      default ->
          throw new IOException(
              "\"" + entry.name() + "\" is a device or pipe, which is not copied");
    }
  }

  private static void write(TarReader tar, Path place) throws IOException {
    if (Files.isSymbolicLink(place)) {
      Files.delete(place);
    }
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out =
        Files.newOutputStream(
            place,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no directory for " + place, e);
    }
  }

  private void facts(Path place, TarEntry entry) throws IOException {
    owner(place, entry);
    Files.setAttribute(place, "unix:mode", entry.mode(), LinkOption.NOFOLLOW_LINKS);
    Files.setLastModifiedTime(place, FileTime.fromMillis(entry.seconds() * 1000));
  }

  private void owner(Path place, TarEntry entry) throws IOException {
    if (owners) {
      Files.setAttribute(place, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(place, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }
}
