package io.kuber.testkit.field;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fields of one object of a document, each read once; whatever is left over is unknown. What is
 * refused is told to the document and reads as if it were left out.
 */
public final class Fields {
  /** Longer waits are mistakes. */
  public static final Duration LONGEST = Duration.ofDays(3660);

  private final Document document;
  private final String path;
  private final Tree tree;
  private final Set<String> read = new LinkedHashSet<>();

  Fields(Document document, String path, Tree tree) {
    this.document = document;
    this.path = path;
    this.tree = tree;
  }

  /** Whether nothing stands in it. */
  public boolean isEmpty() {
    return tree.isEmpty();
  }

  /** Whether the field is there. */
  public boolean has(String field) {
    return tree.has(field);
  }

  /** The names of the fields that are there, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    tree.forEach((name, value) -> names.add(name));
    return names;
  }

  private String pathOf(String field) {
    return field.isEmpty() ? path : path.isEmpty() ? field : path + "." + field;
  }

  /** Says what is wrong with a field; with the object itself where the name is empty. */
  public void refuse(String field, String why) {
    document.refuse(pathOf(field), why);
  }

  /** The value, which has to be of the type; what is left out or refused is {@code otherwise}. */
  private <T> T value(String field, Class<T> type, String expected, T otherwise) {
    read.add(field);
    Object value = tree.get(field);
    if (value == null) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      refuse(field, value + " is not " + expected);
      return otherwise;
    }
    return type.cast(value);
  }

  /** A text; {@code otherwise} where it is left out. */
  public String text(String field, String otherwise) {
    return value(field, String.class, "a text", otherwise);
  }

  /** A text that has to be there. */
  public String text(String field) {
    if (!tree.has(field)) {
      read.add(field);
      refuse(field, "is missing");
    }
    return text(field, "");
  }

  /** One of the constants of an enumeration, by the name that {@code toString} gives it. */
  public <E extends Enum<E>> Optional<E> choice(String field, String what, E[] choices) {
    if (!tree.has(field)) {
      read.add(field);
      refuse(field, "is missing");
      return Optional.empty();
    }
    String name = text(field, "");
    Optional<E> chosen =
        Arrays.stream(choices).filter(choice -> choice.toString().equals(name)).findFirst();
    if (chosen.isEmpty() && tree.get(field) instanceof String) {
      String known = Arrays.stream(choices).map(Object::toString).collect(Collectors.joining(", "));
      refuse(field, "there is no %s %s, only %s".formatted(what, name, known));
    }
    return chosen;
  }

  /** A whole number between two others, both included. */
  public int number(String field, int otherwise, int least, int most) {
    long number = value(field, Long.class, "a whole number", (long) otherwise);
    if (number < least || number > most) {
      refuse(field, "%d is not between %d and %d".formatted(number, least, most));
      return otherwise;
    }
    return (int) number;
  }

  /** Any whole number that a seed may be. */
  public long seed(String field, long otherwise) {
    return value(field, Long.class, "a whole number", otherwise);
  }

  /** A number between 0 and 1. */
  public double rate(String field) {
    double rate = value(field, Number.class, "a number", 0L).doubleValue();
    if (!(rate >= 0 && rate <= 1)) {
      refuse(field, rate + " is not between 0 and 1");
      return 0;
    }
    return rate;
  }

  /** A time such as {@code 1m30s} or {@code 500ms}. */
  public Duration duration(String field, Duration otherwise) {
    if (!tree.has(field)) {
      read.add(field);
      return otherwise;
    }
    String text = text(field, "");
    if (!(tree.get(field) instanceof String)) {
      return otherwise;
    }
    if (text.startsWith("-")) {
      refuse(field, text + " is negative");
      return otherwise;
    }
    Optional<Duration> time = Times.parse(text);
    if (time.isEmpty()) {
      refuse(field, text + " is not a time such as 1m30s or 500ms");
    } else if (time.get().compareTo(LONGEST) > 0) {
      refuse(field, text + " is longer than ten years");
      return otherwise;
    }
    return time.orElse(otherwise);
  }

  /** Names with a text each; numbers and the like have to be in quotes. */
  public Map<String, String> texts(String field) {
    Map<String, String> texts = new TreeMap<>();
    value(field, Tree.class, "an object", Tree.EMPTY)
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                texts.put(name, text);
              } else {
                refuse(field + "." + name, value + " is not a text");
              }
            });
    return texts;
  }

  /** Different texts; where some are allowed only those. */
  public Set<String> different(String field, Set<String> allowed) {
    Items items = value(field, Items.class, "a list", Items.EMPTY);
    Set<String> texts = new LinkedHashSet<>(items.texts());
    boolean known = allowed.isEmpty() || allowed.containsAll(texts);
    if (!known || texts.size() != items.size()) {
      String which = allowed.isEmpty() ? "different texts" : "different and of " + allowed;
      refuse(field, items.stream().toList() + " are not all " + which);
      return Set.of();
    }
    return texts;
  }

  /** The object in a field; an empty one where it is left out. */
  public Fields child(String field) {
    return new Fields(document, pathOf(field), value(field, Tree.class, "an object", Tree.EMPTY));
  }

  /** The objects of a list; none where it is left out. */
  public List<Fields> children(String field) {
    Items items = value(field, Items.class, "a list", Items.EMPTY);
    List<Fields> children = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String at = pathOf(field) + "[" + i + "]";
      if (items.get(i) instanceof Tree object) {
        children.add(new Fields(document, at, object));
      } else {
        document.refuse(at, items.get(i) + " is not an object");
      }
    }
    return children;
  }

  /** Refuses what nobody asked for. */
  public void checkAllRead() {
    for (String name : names()) {
      if (!read.contains(name)) {
        refuse(name, "there is no such field, only " + String.join(", ", read));
      }
    }
  }
}
