package io.kuber.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A schema resource: an index and a block of text per type.
 *
 * <p>The first line says how many types there are; then per type a line with name, length of the
 * block in bytes, and {@code apiVersion} or {@code -}; then all blocks in that order.
 */
final class Blocks {
  private final byte[] bytes;
  private final Map<String, Entry> index = new LinkedHashMap<>();

  /** Where the block of a type is, and the {@code apiVersion} of a kind or the empty text. */
  record Entry(int offset, int length, String apiVersion) {}

  private Blocks(byte[] bytes) {
    this.bytes = bytes;
    int[] at = {0};
    int types = Integer.parseInt(line(at));
    String[] lines = new String[types];
    for (int i = 0; i < types; i++) {
      lines[i] = line(at);
    }
    int offset = at[0];
    for (String line : lines) {
      int first = line.indexOf(' ');
      int second = line.indexOf(' ', first + 1);
      int length = Integer.parseInt(line, first + 1, second, 10);
      String apiVersion = line.substring(second + 1);
      index.put(
          line.substring(0, first),
          new Entry(offset, length, apiVersion.equals("-") ? "" : apiVersion));
      offset += length;
    }
  }

  private String line(int[] at) {
    int start = at[0];
    int end = start;
    while (bytes[end] != '\n') {
      end++;
    }
    at[0] = end + 1;
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
  }

  /** Reads the resource of that name in this package. */
  static Blocks read(String resource) {
    try (InputStream in = Blocks.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks io/kuber/schema/" + resource);
      }
      return new Blocks(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All types by name, in the order of the resource. */
  Map<String, Entry> index() {
    return index;
  }

  /** The lines of a type; none for a type that is not here. */
  String[] lines(String type) {
    Entry entry = index.get(type);
    return entry == null
        ? new String[0]
        : new String(bytes, entry.offset, entry.length, StandardCharsets.UTF_8).split("\n", -1);
  }
}
