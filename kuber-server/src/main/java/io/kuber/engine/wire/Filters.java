package io.kuber.engine.wire;

import io.kuber.engine.EngineException;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a list is limited to, such as {@code {"name": ["web"]}}, or as older clients write it,
 * {@code {"name": {"web": true}}}. Values of one name are alternatives, names are all to hold.
 */
public final class Filters {
  /** No limits. */
  public static final Filters NONE = new Filters(Map.of());

  private final Map<String, List<String>> values;

  private Filters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads JSON.
   *
   * @throws EngineException 400 when it is malformed
   */
  public static Filters parse(String json) {
    try {
      Map<String, List<String>> values = new LinkedHashMap<>();
      Json.parse(json.getBytes(StandardCharsets.UTF_8))
          .forEach((name, value) -> values.put(name, values(value)));
      return new Filters(values);
    } catch (MalformedException e) {
      throw new EngineException(400, "invalid filter: " + e.getMessage(), e);
    }
  }

  private static List<String> values(Object value) {
    if (value instanceof Items items) {
      return items.texts();
    }
    List<String> names = new ArrayList<>();
    if (value instanceof Tree tree) {
      tree.forEach(
          (name, isMeant) -> {
            if (Boolean.TRUE.equals(isMeant)) {
              names.add(name);
            }
          });
      return names;
    }
    throw new MalformedException("a list of texts is expected");
  }

  /**
   * Makes sure that nothing else is asked for.
   *
   * @throws EngineException 400 when there is
   */
  public Filters allow(String... names) {
    Set<String> known = Set.of(names);
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw EngineException.malformed("invalid filter '" + name + "'");
      }
    }
    return this;
  }

  /** Whether anything is asked for under a name. */
  public boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** The alternatives of a name, in order; empty when there are none. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether nothing is asked for under a name, or this is one of the alternatives. */
  public boolean admits(String name, String value) {
    return !has(name) || all(name).contains(value);
  }

  /**
   * A truth that is asked for, such as {@code dangling}.
   *
   * @throws EngineException 400 when it is neither true nor false
   */
  public boolean isTrue(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    String value = all(name).get(0);
    return switch (value) {
      case "1", "true", "True", "TRUE", "t", "T" -> true;
      case "0", "false", "False", "FALSE", "f", "F" -> false;
      default -> throw EngineException.malformed("invalid filter '" + name + "=" + value + "'");
    };
  }

  /** Whether labels have every {@code key} and every {@code key=value} asked for under a name. */
  public boolean admitsLabels(String name, Map<String, String> labels) {
    return all(name).stream()
        .allMatch(
            asked -> {
              int equals = asked.indexOf('=');
              return equals < 0
                  ? labels.containsKey(asked)
                  : asked.substring(equals + 1).equals(labels.get(asked.substring(0, equals)));
            });
  }
}
