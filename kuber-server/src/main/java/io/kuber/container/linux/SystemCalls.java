package io.kuber.container.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The numbers of system calls by their names, read from {@code syscalls-x86_64.txt}. */
final class SystemCalls {
  private static final String RESOURCE = "syscalls-x86_64.txt";

  private SystemCalls() {}

  private static final class Loaded {
    static final Map<String, Integer> NUMBERS = read();
  }

  /** The number of a call; empty when this architecture, or this list, has none of that name. */
  static OptionalInt number(String name) {
    Integer number = Loaded.NUMBERS.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static Map<String, Integer> read() {
    try (InputStream in =
        Objects.requireNonNull(SystemCalls.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> Integer.valueOf(row[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
