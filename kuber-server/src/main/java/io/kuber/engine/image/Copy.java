package io.kuber.engine.image;

import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Glob;
import io.kuber.engine.dockerfile.Instruction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What {@code COPY} and {@code ADD} take from where, and where it goes.
 *
 * @param items files, links and directories by their place in the image, in order
 * @param archives files that {@code ADD} unpacks, by the directory that they go to
 */
record Copy(Map<String, Path> items, Map<String, Path> archives) {
  /** What a copy is made of. */
  record Wish(
      Instruction step,
      List<String> sources,
      String target,
      boolean unpacks,
      FileView from,
      Predicate<String> isLeftOut) {}

  /**
   * Plans a copy.
   *
   * @param into the image
   * @throws DockerfileException when a source is not there, or the target is no directory
   */
  static Copy plan(Wish wish, FileView into) throws DockerfileException, IOException {
    List<List<String>> sources = new ArrayList<>();
    for (String source : wish.sources()) {
      sources.addAll(expand(wish, source));
    }
    boolean wantsDirectory = wish.target().endsWith("/") || wish.target().endsWith("/.");
    if (sources.size() > 1 && !wantsDirectory) {
      throw wish.step()
          .fault(
              "When using "
                  + wish.step().name()
                  + " with more than one source file, the destination must be a directory and end"
                  + " with a /");
    }
    List<String> target = into.resolve(wish.target());
    Optional<Path> there = into.find(target);
    boolean isDirectory = wantsDirectory || there.filter(Files::isDirectory).isPresent();
    Copy copy = new Copy(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (List<String> source : sources) {
      Path file = wish.from().find(source).orElseThrow();
      if (Files.isDirectory(file)) {
        copy.addAll(wish, source, String.join("/", target));
      } else if (wish.unpacks() && TarContent.isArchive(file)) {
        copy.archives.put(String.join("/", target), file);
      } else if (wish.unpacks() && TarContent.isForeign(file)) {
        throw wish.step()
            .fault(
                String.join("/", source)
                    + ": ADD unpacks tar alone and with gzip or zstd, not with xz or bzip2; COPY"
                    + " takes it as it is, and RUN can unpack it");
      } else {
        List<String> place = new ArrayList<>(target);
        if (isDirectory) {
          place.add(source.get(source.size() - 1));
        }
        copy.items.put(String.join("/", place), file);
      }
    }
    return copy;
  }

  private void addAll(Wish wish, List<String> directory, String target) throws IOException {
    if (!target.isEmpty()) {
      items.putIfAbsent(target, wish.from().find(directory).orElseThrow());
    }
    for (String name : wish.from().list(directory)) {
      List<String> child = new ArrayList<>(directory);
      child.add(name);
      Path file = wish.from().find(child).orElseThrow();
      String place = target.isEmpty() ? name : target + "/" + name;
      boolean isTree = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      boolean isLeftOut = wish.isLeftOut().test(String.join("/", child));
      if (isTree) {
        int before = items.size();
        addAll(wish, child, place);
        // A directory that is left out comes only with what exceptions let in.
        if (isLeftOut && items.size() == before + 1) {
          items.remove(place);
        }
      } else if (!isLeftOut) {
        items.put(place, file);
      }
    }
  }

  private static List<List<String>> expand(Wish wish, String source)
      throws DockerfileException, IOException {
    List<List<String>> found = new ArrayList<>();
    if (Glob.isPattern(source)) {
      match(wish, pattern(wish, source), List.of(), found);
    } else {
      List<String> resolved = wish.from().resolve(source);
      String path = String.join("/", FileView.parts(source));
      Optional<Path> file = wish.from().find(resolved);
      boolean isHidden =
          file.isPresent() && !Files.isDirectory(file.get()) && wish.isLeftOut().test(path);
      if (file.isPresent() && !isHidden) {
        found.add(resolved);
      }
    }
    if (found.isEmpty()) {
      throw wish.step()
          .fault(
              wish.step().name()
                  + " failed: file not found in build context or excluded by .dockerignore: stat "
                  + source
                  + ": file does not exist");
    }
    return found;
  }

  private static Pattern pattern(Wish wish, String source) throws DockerfileException {
    try {
      return Glob.compile(String.join("/", FileView.parts(source)));
    } catch (IllegalArgumentException e) {
      throw wish.step().fault(String.valueOf(e.getMessage()));
    }
  }

  private static void match(
      Wish wish, Pattern pattern, List<String> directory, List<List<String>> found)
      throws IOException {
    for (String name : wish.from().list(directory)) {
      List<String> child = new ArrayList<>(directory);
      child.add(name);
      String path = String.join("/", child);
      Path file = wish.from().find(child).orElseThrow();
      boolean isTree = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      if (pattern.matcher(path).matches()) {
        if (isTree || !wish.isLeftOut().test(path)) {
          found.add(wish.from().resolve(path));
        }
      } else if (isTree) {
        match(wish, pattern, child, found);
      }
    }
  }

  /** What the result depends on: places, permissions and contents, but no times. */
  String digest() throws IOException {
    MessageDigest hasher = Workbench.sha256();
    for (Map<String, Path> part : List.of(items, archives)) {
      for (Map.Entry<String, Path> each : part.entrySet()) {
        int mode = FileView.number(FileView.about(each.getValue()), "mode");
        hasher.update(
            (each.getKey() + "\0" + Integer.toOctalString(mode) + "\0")
                .getBytes(StandardCharsets.UTF_8));
        if (Files.isSymbolicLink(each.getValue())) {
          hasher.update(
              Files.readSymbolicLink(each.getValue()).toString().getBytes(StandardCharsets.UTF_8));
        } else if (Files.isRegularFile(each.getValue())) {
          update(hasher, each.getValue());
        }
      }
      hasher.update((byte) 0);
    }
    return Workbench.hex(hasher).hex();
  }

  private static void update(MessageDigest hasher, Path file) throws IOException {
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
      }
    }
    hasher.update((byte) 0);
  }
}
