package io.kuber.testkit.node.stage;

import com.google.common.collect.ImmutableSet;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one object of a file, each read once; whatever is left over is unknown. */
final class Fields {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final ImmutableSet<String> POLICIES =
      ImmutableSet.of("Always", "OnFailure", "Never");

  private final String path;
  private final Tree tree;
  private final Set<String> read = new LinkedHashSet<>();

  /** {@code path} stands in front of the names of fields: empty, or ending in a dot. */
  Fields(String path, Tree tree) {
    this.path = path;
    this.tree = tree;
  }

  boolean isEmpty() {
    return tree.isEmpty();
  }

  private BadStageException refusal(String field, String why) {
    return new BadStageException(path + field + ": " + why);
  }

  /** The value, which has to be of the type; what is left out is {@code otherwise}. */
  private <T> T value(String field, Class<T> type, String expected, T otherwise) {
    read.add(field);
    Object value = tree.get(field);
    if (value == null) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      throw refusal(field, value + " is not " + expected);
    }
    return type.cast(value);
  }

  String text(String field, String otherwise) {
    return value(field, String.class, "a text", otherwise);
  }

  Items list(String field) {
    Items items = value(field, Items.class, "a list", Items.EMPTY);
    if (items.isEmpty()) {
      throw refusal(field, "there is no list of stages");
    }
    return items;
  }

  Fields child(String field) {
    return new Fields(path + field + ".", value(field, Tree.class, "an object", Tree.EMPTY));
  }

  PodState state(String field) {
    String name = text(field, "");
    return PodState.named(name)
        .orElseThrow(
            () ->
                refusal(
                    field,
                    name.isEmpty()
                        ? "is missing"
                        : "there is no state " + name + ", only " + PodState.names()));
  }

  int number(String field) {
    long number = value(field, Long.class, "a whole number", 0L);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  double rate(String field) {
    double rate = value(field, Number.class, "a number", 0L).doubleValue();
    if (!(rate >= 0 && rate <= 1)) {
      throw refusal(field, rate + " is not between 0 and 1");
    }
    return rate;
  }

  /** A time such as {@code 1m30s} or {@code 500ms}. */
  Duration duration(String field) {
    String text = text(field, "0s");
    if (text.startsWith("-")) {
      throw refusal(field, text + " is negative");
    }
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      Duration unit = Objects.requireNonNull(UNITS.get(part.group(2)), "the pattern knows it");
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw refusal(field, text + " is not a time such as 1m30s or 500ms");
    }
    if (sum.compareTo(Stage.LONGEST) > 0) {
      throw refusal(field, text + " is longer than ten years");
    }
    return sum;
  }

  LabelSelector labels(String field) {
    Tree labels = value(field, Tree.class, "an object", Tree.EMPTY);
    Map<String, String> texts = new TreeMap<>();
    labels.forEach(
        (name, value) -> {
          if (!(value instanceof String text)) {
            throw refusal(field + "." + name, value + " is not a text");
          }
          texts.put(name, text);
        });
    return texts.isEmpty() ? LabelSelector.EVERYTHING : LabelSelector.ofLabels(texts);
  }

  Set<String> restartPolicies(String field) {
    Items items = value(field, Items.class, "a list", Items.EMPTY);
    Set<String> policies = new LinkedHashSet<>(items.texts());
    if (!POLICIES.containsAll(policies) || policies.size() != items.size()) {
      throw refusal(field, items.stream().toList() + " are not all different and of " + POLICIES);
    }
    return policies;
  }

  /** Refuses what nobody asked for. */
  void checkAllRead() {
    tree.forEach(
        (name, value) -> {
          if (!read.contains(name)) {
            throw refusal(name, "there is no such field, only " + String.join(", ", read));
          }
        });
  }
}
