package io.kuber.json;

import io.kuber.object.Tree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * YAML to values of the object model and back, as sigs.k8s.io/yaml does it: plain scalars mean what
 * YAML 1.1 says ({@code yes}, {@code on} and {@code 0777} are not texts), and printing sorts fields
 * and quotes whatever would be read as something else.
 */
public final class Yaml {
  private Yaml() {}

  /**
   * Parses all documents of a stream; empty ones are left out. Throws {@link MalformedException},
   * also when a mapping has the same key twice.
   */
  public static List<Object> parseAll(byte[] yaml) {
    return parseAll(
        yaml,
        duplicate -> {
          throw new MalformedException("error converting YAML to JSON: yaml: " + duplicate);
        });
  }

  /**
   * Parses all documents of a stream, where the last of several equal keys wins and {@code
   * duplicates} is told about it ({@code line 3: key "a" already set in map}).
   */
  public static List<Object> parseAll(byte[] yaml, Consumer<String> duplicates) {
    return new YamlReader(text(yaml), duplicates).documents();
  }

  private static String text(byte[] yaml) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException(
          "error converting YAML to JSON: yaml: invalid UTF-8 in the text");
    }
  }

  /** The documents of a stream that are objects; throws when one is something else. */
  public static List<Tree> parseTrees(byte[] yaml) {
    List<Tree> trees = new ArrayList<>();
    for (Object document : parseAll(yaml)) {
      trees.add(asTree(document));
    }
    return trees;
  }

  /** Parses a stream of exactly one document, which must be an object. */
  public static Tree parse(byte[] yaml) {
    return single(parseAll(yaml));
  }

  /** The same, with the last of several equal keys winning; see {@link #parseAll}. */
  public static Tree parse(byte[] yaml, Consumer<String> duplicates) {
    return single(parseAll(yaml, duplicates));
  }

  private static Tree single(List<Object> documents) {
    if (documents.size() != 1) {
      throw new MalformedException("expected one YAML document, found " + documents.size());
    }
    return asTree(documents.get(0));
  }

  private static Tree asTree(Object document) {
    if (document instanceof Tree tree) {
      return tree;
    }
    throw new MalformedException("expected a YAML document that is an object");
  }

  /**
   * The lines, from one, on which the fields and items of the first document stand, by their paths
   * such as {@code spec.ports[2].name}. For texts that could be parsed.
   */
  public static Map<String, Integer> lines(byte[] yaml) {
    return YamlLines.of(text(yaml));
  }

  /** Prints a value the way kubectl does, with a line feed at the end. */
  public static String print(Object value) {
    return new YamlWriter().print(value);
  }
}
