package io.kuber.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Immutable headers: names and values in the order of the message; names match in whatever case.
 *
 * <p>One flat array: messages have about ten headers, where looking at each is faster than hashing.
 */
public final class Headers {
  /** No headers. */
  public static final Headers EMPTY = new Headers(new String[0]);

  private final String[] pairs;

  private Headers(String[] pairs) {
    this.pairs = pairs;
  }

  /** The given names and values, alternating. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header without value: " + namesAndValues.length);
    }
    return new Headers(namesAndValues.clone());
  }

  /** The first value of the header. */
  public Optional<String> first(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        return Optional.of(pairs[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** All values of the header, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    forEach(
        (other, value) -> {
          if (other.equalsIgnoreCase(name)) {
            values.add(value);
          }
        });
    return values;
  }

  /** All elements of a header that is a list: values split at commas, without blanks around. */
  public List<String> elements(String name) {
    return all(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /** A header that is a list, as one value; empty when it is not there (RFC 9110, section 5.3). */
  public String joined(String name) {
    return String.join(",", all(name));
  }

  /** Whether the header is there. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** These headers and one more behind them. */
  public Headers plus(String name, String value) {
    String[] more = Arrays.copyOf(pairs, pairs.length + 2);
    more[pairs.length] = name;
    more[pairs.length + 1] = value;
    return new Headers(more);
  }

  /** These headers, and of the others those whose names are not among them. */
  public Headers orElse(Headers others) {
    List<String> all = new ArrayList<>(Arrays.asList(pairs));
    others.forEach(
        (name, value) -> {
          if (!has(name)) {
            all.add(name);
            all.add(value);
          }
        });
    return new Headers(all.toArray(new String[0]));
  }

  /** These headers without any of the given name. */
  public Headers without(String name) {
    List<String> rest = new ArrayList<>(pairs.length);
    forEach(
        (other, value) -> {
          if (!other.equalsIgnoreCase(name)) {
            rest.add(other);
            rest.add(value);
          }
        });
    return new Headers(rest.toArray(new String[0]));
  }

  /** Calls {@code action} with every name and value in order. */
  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  /** A rendering for logs of people who debug; it shows credentials. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }
}
