package io.kuber.engine.image;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a root file system has, seen through its layers as an overlay would show it, without a
 * mount. Links are followed here, part by part and never out of the root; the kernel is asked
 * without. The directories must be such that nobody changes them, as those of the store are.
 */
final class FileView {
  private static final int MOST_LINKS = 40;
  private static final String OPAQUE = "trusted.overlay.opaque";

  private final List<Path> layers;

  /** A view of layers, topmost first. */
  FileView(List<Path> topmostFirst) {
    this.layers = List.copyOf(topmostFirst);
  }

  /** The parts of a path, without {@code .} and {@code ..}, which does not lead out. */
  static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  static Map<String, Object> about(Path file) throws IOException {
    return Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
  }

  static int number(Map<String, Object> about, String name) {
    return ((Number) Objects.requireNonNull(about.get(name), name)).intValue();
  }

  private static boolean isDirectory(Path file) {
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isMark(Path file) throws IOException {
    Map<String, Object> about = about(file);
    return (number(about, "mode") & Uapi.S_IFMT) == Uapi.S_IFCHR && number(about, "rdev") == 0;
  }

  private static boolean isOpaque(Path directory) {
    Syscalls linux = Syscalls.linux();
    int opened =
        linux.open(directory.toString(), Uapi.O_RDONLY | Uapi.O_DIRECTORY | Uapi.O_NOFOLLOW, 0);
    try {
      return linux.attribute(opened, OPAQUE, 16).isPresent();
    } finally {
      linux.close(opened);
    }
  }

  /** The file of a path whose directories are no links; its last part may be one. */
  Optional<Path> find(List<String> parts) throws IOException {
    for (Path layer : layers) {
      Path at = layer;
      boolean isHidden = false;
      for (int i = 0; i <= parts.size(); i++) {
        if (i == parts.size()) {
          return Optional.of(at);
        }
        isHidden |= at != layer && isOpaque(at);
        at = at.resolve(parts.get(i));
        if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          break;
        }
        if (isMark(at) || i + 1 < parts.size() && !isDirectory(at)) {
          return Optional.empty();
        }
      }
      if (isHidden) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Where a path leads, all links followed; what is not there stays as it is. */
  List<String> resolve(String path) throws IOException {
    List<String> todo = new ArrayList<>(parts(path));
    List<String> done = new ArrayList<>();
    int links = 0;
    while (!todo.isEmpty()) {
      String part = todo.remove(0);
      if (part.equals("..")) {
        if (!done.isEmpty()) {
          done.remove(done.size() - 1);
        }
        continue;
      }
      List<String> next = new ArrayList<>(done);
      next.add(part);
      Optional<Path> file = find(next);
      if (file.isPresent() && Files.isSymbolicLink(file.get())) {
        if (++links > MOST_LINKS) {
          throw new IOException("too many levels of symbolic links: " + path);
        }
        String target = Files.readSymbolicLink(file.get()).toString();
        if (target.startsWith("/")) {
          done.clear();
        }
        List<String> further = new ArrayList<>();
        for (String each : target.split("/")) {
          if (!each.isEmpty() && !each.equals(".")) {
            further.add(each);
          }
        }
        todo.addAll(0, further);
      } else {
        done = next;
      }
    }
    return done;
  }

  /** The names in a directory, in order. */
  List<String> list(List<String> directory) throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> hidden = new HashSet<>();
    for (Path layer : layers) {
      Path at = layer;
      boolean isHidden = false;
      for (String part : directory) {
        isHidden |= at != layer && isOpaque(at);
        at = at.resolve(part);
        if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          break;
        }
        if (!isDirectory(at)) {
          return List.copyOf(names);
        }
      }
      if (isDirectory(at)) {
        isHidden |= at != layer && isOpaque(at);
        try (Stream<Path> all = Files.list(at)) {
          for (Path each : all.toList()) {
            String name = each.getFileName().toString();
            if (isMark(each)) {
              hidden.add(name);
            } else if (!hidden.contains(name)) {
              names.add(name);
            }
          }
        }
      }
      if (isHidden) {
        break;
      }
    }
    return List.copyOf(names);
  }
}
