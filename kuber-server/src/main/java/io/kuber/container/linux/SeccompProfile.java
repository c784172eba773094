package io.kuber.container.linux;

import io.kuber.container.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The list of system calls that containers may make, read from {@code seccomp-x86_64.txt}. */
final class SeccompProfile {
  private static final String RESOURCE = "seccomp-x86_64.txt";

  /** A line of the list; without capabilities the call is open to everybody. */
  record Entry(String name, int number, Set<Capability> openedBy) {
    static Entry parse(String line) {
      String[] columns = line.split(" ");
      Set<Capability> openedBy =
          columns.length < 3
              ? Set.of()
              : Arrays.stream(columns[2].split(","))
                  .map(Capability::named)
                  .collect(Collectors.toUnmodifiableSet());
      return new Entry(columns[0], Integer.parseInt(columns[1]), openedBy);
    }
  }

  private final List<Entry> entries;

  private SeccompProfile(List<Entry> entries) {
    this.entries = entries;
  }

  private static final class Loaded {
    static final SeccompProfile PROFILE = read();
  }

  static SeccompProfile load() {
    return Loaded.PROFILE;
  }

  private static SeccompProfile read() {
    try (InputStream in =
        Objects.requireNonNull(SeccompProfile.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new SeccompProfile(
          text.lines().filter(line -> !line.startsWith("#")).map(Entry::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of the calls that a process with these capabilities may make. */
  Set<Integer> allowed(Set<Capability> capabilities) {
    Set<Integer> numbers = new TreeSet<>();
    for (Entry entry : entries) {
      boolean open =
          entry.openedBy().isEmpty() || entry.openedBy().stream().anyMatch(capabilities::contains);
      if (open) {
        numbers.add(entry.number());
      }
    }
    return numbers;
  }
}
