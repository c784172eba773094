package io.kuber.testkit.history;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leads to a field of an object, written as messages and JSONPath write it: {@code
 * spec.containers[0].image}, {@code spec.containers[name=web].image}, {@code
 * metadata.labels['app.kubernetes.io/name']}, each also behind {@code $.}.
 *
 * @param steps from the object down
 */
public record FieldPointer(List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.?(?<field>[^.\\[\\]'\"]+)"
              + "|\\[(?<index>\\d+)]"
              + "|\\[['\"](?<quoted>[^'\"]+)['\"]]"
              + "|\\[(?<name>[^=\\[\\]]+)=(?<value>[^\\]]*)]");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  /** Copies the steps. */
  public FieldPointer {
    steps = List.copyOf(steps);
  }

  /** One step down. */
  public sealed interface Step {
    /** To a field. */
    record Field(String name) implements Step {}

    /** To the item of a list at a place, counted from zero. */
    record Index(int place) implements Step {}

    /** To the item of a list that has a field with that value. */
    record Named(String name, String value) implements Step {}
  }

  /**
   * The pointer that a text stands for.
   *
   * @throws IllegalArgumentException when the text cannot be read, with the place
   */
  public static FieldPointer of(String text) {
    String path = text.startsWith("$") ? text.substring(1) : text;
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int at = 0;
    while (at < path.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "\"%s\" is no path of a field: cannot read \"%s\"".formatted(text, path.substring(at)));
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("\"" + text + "\" leads to no field");
    }
    return new FieldPointer(steps);
  }

  private static Step step(Matcher found) {
    if (found.group("index") != null) {
      return new Step.Index(Integer.parseInt(found.group("index")));
    }
    if (found.group("name") != null) {
      return new Step.Named(found.group("name"), found.group("value"));
    }
    String field = found.group("field");
    return new Step.Field(field == null ? found.group("quoted") : field);
  }

  /** The value there; empty where there is none. */
  public Optional<Object> in(Tree tree) {
    @Nullable Object value = tree;
    for (Step step : steps) {
      value = below(value, step);
    }
    return Optional.ofNullable(value);
  }

  private static @Nullable Object below(@Nullable Object value, Step step) {
    if (step instanceof Step.Field field) {
      return value instanceof Tree tree ? tree.get(field.name()) : null;
    }
    if (!(value instanceof Items items)) {
      return null;
    }
    if (step instanceof Step.Index index) {
      return index.place() < items.size() ? items.get(index.place()) : null;
    }
    Step.Named named = (Step.Named) step;
    return items.trees().stream()
        .filter(item -> named.value().equals(String.valueOf(item.get(named.name()))))
        .findFirst()
        .orElse(null);
  }

  /** The text of the path of a field, one step below another one; the object's own is empty. */
  static String field(String path, String name) {
    if (!PLAIN.matcher(name).matches()) {
      return path + "['" + name + "']";
    }
    return path.isEmpty() ? name : path + "." + name;
  }
}
