package io.kuber.schema.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Adds the facts and types of the folder of facts; its README.md describes the lines. */
final class WrittenFacts {
  private final Map<String, Type> types;
  private String packageName = "";
  private Type current;

  private WrittenFacts(Map<String, Type> types) {
    this.types = types;
  }

  static void addAll(Path folder, Map<String, Type> types) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    WrittenFacts facts = new WrittenFacts(types);
    for (Path file : files) {
      if (file.toString().endsWith(".types")) {
        facts.read(file, facts::addTypeLine);
      }
    }
    for (Path file : files) {
      if (file.toString().endsWith(".facts")) {
        facts.read(file, facts::addFactLine);
      }
    }
  }

  private interface LineReader {
    void read(String line, String[] words);
  }

  private void read(Path file, LineReader reader) throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      try {
        if (line.startsWith("[")) {
          packageName = line.substring(1, line.length() - 1);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          reader.read(line, line.trim().split(" +"));
        }
      } catch (RuntimeException e) {
        throw new IllegalStateException(file + ":" + number + ": " + line, e);
      }
    }
  }

  private void addTypeLine(String line, String[] words) {
    boolean indented = line.startsWith(" ");
    if (!indented) {
      current = new Type(packageName + "." + words[1]);
      current.facts.addAll(Arrays.asList(words).subList(2, words.length));
      types.put(current.name, current);
    } else {
      Type.Field field = new Type.Field(Integer.parseInt(words[1]), absolute(words[2]));
      field.facts.addAll(Arrays.asList(words).subList(3, words.length));
      current.fields.put(words[0], field);
    }
  }

  private String absolute(String shape) {
    return shape.replaceFirst("^((\\[]|\\{})?)\\.", "$1" + packageName + ".");
  }

  private void addFactLine(String line, String[] words) {
    String[] subject = words[0].split("\\.", 2);
    List<String> facts = Arrays.asList(words).subList(1, words.length);
    Type type = types.get(packageName + "." + subject[0]);
    if (type == null) {
      throw new IllegalStateException("no type " + packageName + "." + subject[0]);
    }
    if (subject.length == 1) {
      type.facts.addAll(facts);
      return;
    }
    type.fields.computeIfAbsent(subject[1], name -> newField(facts)).facts.addAll(facts);
  }

  /** A field that the descriptors lack must say its number and shape. */
  private Type.Field newField(List<String> facts) {
    int number = Integer.parseInt(value(facts, "number="));
    return new Type.Field(number, absolute(value(facts, "shape=")));
  }

  private static String value(List<String> facts, String name) {
    return facts.stream()
        .filter(fact -> fact.startsWith(name))
        .map(fact -> fact.substring(name.length()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such field, and no " + name));
  }
}
