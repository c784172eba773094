package io.kuber.node.volume;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory whose files change all at once: they lie in a directory of their own, to which the
 * link {@code ..data} leads, and what one sees are links through it. New files are written beside
 * the old ones; renaming the link exchanges them (upstream pkg/volume/util/atomic_writer.go, whose
 * names applications look for).
 */
final class AtomicFiles {
  private static final String DATA = "..data";
  private static final String NEXT_DATA = "..data_tmp";
  private static final String GENERATION = "..generation-";
  private static final int FOR_ALL_TO_READ = 0755;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_PATH = 4096;

  private final Path root;
  private final FileGroup group;

  /** Files below a directory; each generation is given to the group before it is seen. */
  AtomicFiles(Path root, FileGroup group) {
    this.root = root;
    this.group = group;
  }

  /** Makes the directory hold these files and no others; does nothing if it does already. */
  void write(Map<String, ProjectedFile> files) throws IOException {
    files.keySet().forEach(AtomicFiles::check);
    Path data = root.resolve(DATA);
    if (Files.exists(data) && holds(data.toRealPath(), files)) {
      return;
    }
    Path next = Files.createTempDirectory(root, GENERATION);
    for (Map.Entry<String, ProjectedFile> file : files.entrySet()) {
      write(next.resolve(file.getKey()), file.getValue());
    }
    Files.setAttribute(next, "unix:mode", FOR_ALL_TO_READ);
    Set<String> visible =
        files.keySet().stream()
            .map(path -> Path.of(path).normalize().getName(0).toString())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    addLinks(visible);
    group.giveAll(root);
    Path exchange = root.resolve(NEXT_DATA);
    Files.deleteIfExists(exchange);
    Files.createSymbolicLink(exchange, next.getFileName());
    Files.move(exchange, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    removeOthers(visible, next.getFileName().toString());
  }

  private static void check(String path) {
    String[] names = path.split("/", -1);
    boolean fits =
        !path.isEmpty()
            && !path.startsWith("/")
            && path.length() <= LONGEST_PATH
            && !names[0].startsWith("..")
            && Arrays.stream(names)
                .noneMatch(name -> name.equals("..") || name.length() > LONGEST_NAME);
    if (!fits) {
      throw new VolumeException("invalid path: must lie inside of the volume: " + path);
    }
  }

  private static boolean holds(Path generation, Map<String, ProjectedFile> files)
      throws IOException {
    try (Stream<Path> all = Files.walk(generation)) {
      if (all.filter(path -> !Files.isDirectory(path)).count() != files.size()) {
        return false;
      }
    }
    for (Map.Entry<String, ProjectedFile> file : files.entrySet()) {
      Path path = generation.resolve(file.getKey());
      if (!Files.isRegularFile(path)
          || !Arrays.equals(Files.readAllBytes(path), file.getValue().content())) {
        return false;
      }
    }
    return true;
  }

  private static void write(Path path, ProjectedFile file) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, file.content());
    Files.setAttribute(path, "unix:mode", file.mode());
    if (file.owner().isPresent()) {
      Files.setAttribute(path, "unix:uid", (int) file.owner().getAsLong());
    }
  }

  private void addLinks(Set<String> visible) throws IOException {
    for (String name : visible) {
      if (!Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(root.resolve(name), Path.of(DATA, name));
      }
    }
  }

  private void removeOthers(Set<String> visible, String generation) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!visible.contains(name) && !name.equals(DATA) && !name.equals(generation)) {
          MoreFiles.deleteRecursively(entry, RecursiveDeleteOption.ALLOW_INSECURE);
        }
      }
    }
  }
}
