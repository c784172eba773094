package io.kuber.testkit.field;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One file while it is read, and what is wrong with it so far. For one thread. */
public final class Document {
  /** More mistakes are counted, not told: nobody reads them. */
  private static final int MAX_TOLD = 50;

  private final String file;
  private final Map<String, Integer> lines;
  private final Fields root;
  private final List<String> mistakes = new ArrayList<>();
  private int untold;

  private Document(String file, Map<String, Integer> lines, Tree tree) {
    this.file = file;
    this.lines = lines;
    this.root = new Fields(this, "", tree);
  }

  /**
   * A text in YAML; what is not YAML is the one mistake of a document without fields.
   *
   * @param file what to call it when something is refused
   */
  public static Document of(String file, String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    try {
      Tree tree = Yaml.parse(bytes);
      return new Document(file, Yaml.lines(bytes), tree);
    } catch (MalformedException bad) {
      Document empty = new Document(file, Map.of(), Tree.EMPTY);
      empty.mistakes.add(file + ": " + bad.getMessage());
      return empty;
    }
  }

  /** Its fields. */
  public Fields root() {
    return root;
  }

  /** Whether it could be read at all, and nothing was refused so far. */
  public boolean isRight() {
    return mistakes.isEmpty();
  }

  /** What was refused, a line each, in the order of the file. */
  public String mistakes() {
    String told = String.join("\n", mistakes);
    return untold == 0 ? told : told + "\n" + file + ": and " + untold + " more";
  }

  void refuse(String path, String why) {
    if (mistakes.size() == MAX_TOLD) {
      untold++;
    } else {
      mistakes.add("%s:%d: %s: %s".formatted(file, line(path), path, why));
    }
  }

  /** The line of the field, or of what it would stand in. */
  private int line(String path) {
    String known = path;
    while (!known.isEmpty() && !lines.containsKey(known)) {
      int end = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
      known = known.substring(0, Math.max(end, 0));
    }
    return lines.getOrDefault(known, 1);
  }
}
