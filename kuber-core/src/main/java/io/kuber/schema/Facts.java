package io.kuber.schema;

import io.kuber.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a field beyond its name and shape.
 *
 * @param words the facts by name, such as {@code merge-key} to {@code name}; a fact without a value
 *     has the empty text. {@code src/schema/facts/README.md} lists them.
 */
public record Facts(Map<String, String> words) {
  /** Nothing is known. */
  public static final Facts NONE = new Facts(Map.of());

  public Facts {
    words = Map.copyOf(words);
  }

  /** The facts of a line such as {@code required merge-key=name}, already cut into words. */
  static Facts of(List<String> words) {
    if (words.isEmpty()) {
      return NONE;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      facts.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "" : word.substring(equals + 1));
    }
    return new Facts(facts);
  }

  private String word(String name) {
    return words.getOrDefault(name, "");
  }

  /** Whether clients must send the field. */
  public boolean isRequired() {
    return words.containsKey("required");
  }

  /** Whether the fields of the field's type stand directly in the object, without a name. */
  public boolean isInline() {
    return words.containsKey("inline");
  }

  /** Whether the map or object is replaced as a whole by server-side apply. */
  public boolean isAtomic() {
    return words.containsKey("atomic");
  }

  /** Whether an update must leave the field as it is. */
  public boolean isImmutable() {
    return words.containsKey("immutable");
  }

  /** Whether zero, false or the empty text is a value of its own and not the same as no value. */
  public boolean hasZero() {
    return words.containsKey("zero");
  }

  /** The strategies of strategic merge patch, such as {@code merge} and {@code retainKeys}. */
  public List<String> patchStrategies() {
    String patch = word("patch");
    return patch.isEmpty() ? List.of() : List.of(patch.split(","));
  }

  /** The field that identifies an element of the list in a patch; empty where there is none. */
  public String mergeKey() {
    return word("merge-key");
  }

  /** All values the field may have; empty where any is allowed. */
  public List<String> allowed() {
    String values = word("enum");
    return values.isEmpty() ? List.of() : List.of(values.split("\\|"));
  }

  /** The value that OpenAPI publishes as the default. */
  public Optional<Object> defaultValue() {
    String json = word("default");
    return json.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.parseValue(json.getBytes(StandardCharsets.UTF_8)));
  }
}
