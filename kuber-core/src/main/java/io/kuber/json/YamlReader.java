package io.kuber.json;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Builds values from the events of the parser. Lives for one stream, on one thread. */
final class YamlReader {
  /** Mappings and sequences inside each other. */
  private static final int MAX_DEPTH = 500;

  /** Values of one stream with every alias counted as what it stands for. */
  private static final int MAX_VALUES = 2_000_000;

  /** Characters of one stream. */
  static final int MAX_CHARACTERS = 64 << 20;

  private static final String MERGE = "<<";
  private static final String TAG_PREFIX = "tag:yaml.org,2002:";
  private static final String FAILED = "error converting YAML to JSON: ";

  private final Iterator<Event> events;
  private final Consumer<String> duplicates;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int depth;
  private int values;

  YamlReader(String text, Consumer<String> duplicates) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).setParseComments(false).build();
    this.events = new Parse(settings).parseString(text).iterator();
    this.duplicates = duplicates;
  }

  /** A value with a name, and how many values it is made of. */
  private record Anchored(Object value, int size) {}

  List<Object> documents() {
    try {
      List<Object> documents = new ArrayList<>();
      while (events.hasNext()) {
        if (events.next() instanceof NodeEvent root) {
          Object document = read(root);
          if (document != Nil.NIL) {
            documents.add(document);
          }
          anchors.clear();
        }
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw new MalformedException(FAILED + "yaml: " + place + e.getProblem());
    } catch (YamlEngineException e) {
      throw new MalformedException(FAILED + "yaml: " + e.getMessage());
    }
  }

  private Object read(NodeEvent event) {
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    int before = values;
    count(1);
    Object value = readNew(event);
    event.getAnchor().ifPresent(name -> anchors.put(name, new Anchored(value, values - before)));
    return value;
  }

  private Object readNew(NodeEvent event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    if (++depth > MAX_DEPTH) {
      throw malformed(event, "exceeded max depth of " + MAX_DEPTH);
    }
    Object value = event instanceof MappingStartEvent ? mapping() : sequence();
    depth--;
    return value;
  }

  private Object aliased(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw malformed(alias, "unknown anchor '" + alias.getAlias() + "' referenced");
    }
    count(anchored.size);
    return anchored.value;
  }

  private void count(int more) {
    values += more;
    if (values > MAX_VALUES) {
      throw new MalformedException(FAILED + "yaml: document contains excessive aliasing");
    }
  }

  private Items sequence() {
    List<Object> items = new ArrayList<>();
    for (Event event = events.next(); event instanceof NodeEvent item; event = events.next()) {
      items.add(read(item));
    }
    return Items.copyOf(items);
  }

  private Tree mapping() {
    Tree.Builder tree = Tree.builder();
    List<Object> merged = new ArrayList<>();
    for (Event event = events.next(); event instanceof NodeEvent key; event = events.next()) {
      boolean merges = isMerge(key);
      String name = merges ? MERGE : name(key);
      Object value = read((NodeEvent) events.next());
      if (merges) {
        merged.add(value);
        continue;
      }
      if (tree.has(name)) {
        duplicates.accept("line " + line(key) + ": key \"" + name + "\" already set in map");
      }
      tree.put(name, value);
    }
    merged.forEach(value -> merge(value, tree));
    return tree.build();
  }

  private static boolean isMerge(NodeEvent key) {
    return key instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag().isEmpty()
        && scalar.getValue().equals(MERGE);
  }

  /** Fields of the merged mappings, unless the mapping itself or an earlier one has them. */
  private static void merge(Object merged, Tree.Builder into) {
    if (merged instanceof Tree tree) {
      tree.forEach(
          (name, value) -> {
            if (!into.has(name)) {
              into.put(name, value);
            }
          });
    } else if (merged instanceof Items items && items.size() == items.trees().size()) {
      items.trees().forEach(tree -> merge(tree, into));
    } else {
      throw new MalformedException(
          FAILED + "yaml: map merge requires map or sequence of maps as the value");
    }
  }

  /** Keys are texts in JSON: numbers and booleans are printed, anything else is refused. */
  private String name(NodeEvent key) {
    Object value = read(key);
    if (value instanceof String text) {
      return Tree.intern(text);
    }
    if (value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof BigDecimal number) {
      return number.toString();
    }
    throw malformed(key, "unsupported map key " + value);
  }

  private Object scalar(ScalarEvent scalar) {
    String text = scalar.getValue();
    String tag = shortTag(scalar.getTag().orElse(null));
    return switch (tag) {
      case "" -> scalar.isPlain() ? YamlScalars.resolve(text) : text;
      case "bool" -> typed(scalar, tag, Boolean.class);
      case "int" -> typed(scalar, tag, Long.class);
      case "float" -> typed(scalar, tag, Number.class);
      case "null" -> typed(scalar, tag, Nil.class);
      case "binary" -> binary(scalar);
      default -> text;
    };
  }

  private static String shortTag(@Nullable String tag) {
    if (tag == null) {
      return "";
    }
    return tag.startsWith(TAG_PREFIX) ? tag.substring(TAG_PREFIX.length()) : tag;
  }

  private static Object typed(ScalarEvent scalar, String tag, Class<?> type) {
    Object value = YamlScalars.resolve(scalar.getValue());
    if (!type.isInstance(value)) {
      throw malformed(scalar, "cannot decode `" + scalar.getValue() + "` as a !!" + tag);
    }
    return value;
  }

  private static String binary(ScalarEvent scalar) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(scalar.getValue());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(scalar, "!!binary value contains invalid base64 data");
    }
  }

  private static MalformedException malformed(NodeEvent event, String problem) {
    return new MalformedException(FAILED + "yaml: line " + line(event) + ": " + problem);
  }

  private static int line(NodeEvent event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
