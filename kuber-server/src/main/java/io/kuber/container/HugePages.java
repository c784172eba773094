package io.kuber.container;

import com.google.common.collect.ImmutableSortedMap;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Memory in pages that are larger than usual, which a machine sets aside.
 *
 * @param bytes so much in pages of each size, by the size in bytes
 */
public record HugePages(SortedMap<Long, Long> bytes) {
  /** Nothing, in no size. */
  public static final HugePages NONE = new HugePages(ImmutableSortedMap.of());

  private static final String RESOURCE = "hugepages-";
  private static final String DIRECTORY = "hugepages-";
  private static final String KIBIBYTES = "kB";
  private static final long KIBI = 1024;

  public HugePages {
    bytes = ImmutableSortedMap.copyOf(bytes);
  }

  /** What amounts such as {@code limits} say, in entries like {@code hugepages-2Mi: 8Mi}. */
  public static HugePages of(Tree amounts) {
    SortedMap<Long, Long> found = new TreeMap<>();
    amounts.forEach(
        (name, amount) -> {
          if (name.startsWith(RESOURCE)) {
            long page = Quantity.parse(name.substring(RESOURCE.length())).value();
            found.put(page, Quantity.of(amount).value());
          }
        });
    return new HugePages(found);
  }

  /**
   * What a machine has, also in sizes of which it has none now.
   *
   * @param directory the kernel's, with one for each size ({@code hugepages-2048kB})
   * @throws IOException when one of them cannot be read
   */
  public static HugePages in(Path directory) throws IOException {
    SortedMap<Long, Long> found = new TreeMap<>();
    if (!Files.isDirectory(directory)) {
      return NONE;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path size : entries.toList()) {
        String name = size.getFileName().toString();
        if (name.startsWith(DIRECTORY) && name.endsWith(KIBIBYTES)) {
          String number = name.substring(DIRECTORY.length(), name.length() - KIBIBYTES.length());
          long page = Long.parseLong(number) * KIBI;
          String count = Files.readString(size.resolve("nr_hugepages")).strip();
          found.put(page, Long.parseLong(count) * page);
        }
      }
    }
    return new HugePages(found);
  }

  /** Both together. */
  public HugePages plus(HugePages other) {
    SortedMap<Long, Long> sum = new TreeMap<>(bytes);
    other.bytes.forEach((page, more) -> sum.merge(page, more, Math::addExact));
    return new HugePages(sum);
  }

  /** So much in pages of one size. */
  public long in(long page) {
    return bytes.getOrDefault(page, 0L);
  }

  /** As amounts of a node, by the name of the resource. */
  public Map<String, String> amounts() {
    Map<String, String> amounts = new LinkedHashMap<>();
    bytes.forEach((page, all) -> amounts.put(RESOURCE + text(page), text(all)));
    return amounts;
  }

  private static String text(long number) {
    long rest = number;
    List<String> units = List.of("", "Ki", "Mi", "Gi");
    int unit = 0;
    while (rest != 0 && rest % KIBI == 0 && unit < units.size() - 1) {
      rest /= KIBI;
      unit++;
    }
    return rest + units.get(unit);
  }
}
