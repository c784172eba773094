package io.kuber.testkit.manifest;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads files into objects, in the order of their names. Lives for one reading. */
public final class Manifests {
  /** Files of one directory. */
  static final int MAX_FILES = 100_000;

  private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");
  private static final Pattern SEPARATOR = Pattern.compile("---(\\s.*)?");

  private final List<Manifest> found = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  private Manifests() {}

  /**
   * The objects of a file, or of all files below a directory.
   *
   * @throws BadManifestException when a file cannot be read as what its name says
   */
  public static List<Manifest> read(Path path) throws IOException {
    Manifests reading = new Manifests();
    if (Files.isDirectory(path)) {
      for (Path file : files(path)) {
        reading.file(path.relativize(file).toString(), Files.readString(file));
      }
    } else {
      reading.file(String.valueOf(path.getFileName()), Files.readString(path));
    }
    if (!reading.mistakes.isEmpty()) {
      throw new BadManifestException(reading.mistakes);
    }
    return List.copyOf(reading.found);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    }
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Cuts a file into its documents, each of which keeps its lines. */
  private void file(String file, String text) {
    StringBuilder document = new StringBuilder();
    int number = 1;
    int line = 0;
    for (String each : text.lines().toList()) {
      line++;
      if (SEPARATOR.matcher(each).matches()) {
        number += document(file, number, document.toString());
        document.setLength(0);
        document.append("\n".repeat(line));
      } else {
        document.append(each).append('\n');
      }
    }
    document(file, number, document.toString());
  }

  /** Reads one document; returns how many there were, for an empty one is none. */
  private int document(String file, int number, String text) {
    List<Object> values;
    try {
      values = Yaml.parseAll(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedException bad) {
      mistakes.add("%s: document %d: %s".formatted(file, number, bad.getMessage()));
      return 1;
    }
    for (Object value : values) {
      if (value instanceof Tree tree) {
        object(file, number, "", text, tree);
      } else {
        mistakes.add("%s: document %d is no object".formatted(file, number));
      }
    }
    return values.isEmpty() ? 0 : 1;
  }

  private void object(String file, int number, String item, String text, Tree tree) {
    boolean isList = tree.text("kind").endsWith("List") && tree.get("items") instanceof Items;
    if (!isList) {
      found.add(new Manifest(file, number, item, text, KubeObject.of(tree)));
      return;
    }
    Items items = tree.items("items");
    for (int i = 0; i < items.size(); i++) {
      String at = (item.isEmpty() ? "" : item + ".") + "items[" + i + "]";
      object(file, number, at, text, items.tree(i));
    }
  }
}
