package io.kuber.node.image.layer;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an entry belongs, below the root of its layer: names without {@code .}, {@code ..} and
 * slashes. A leading slash means the root of the layer, as other programs take it.
 *
 * @param parts none for the root itself
 */
record EntryPath(List<String> parts) {
  /** The longest name of a directory's entry that Linux knows. */
  private static final int LONGEST_PART = 255;

  private static final Splitter SLASH = Splitter.on('/').omitEmptyStrings();

  EntryPath {
    parts = List.copyOf(parts);
  }

  static EntryPath of(String name, LayerLimits limits) throws IOException {
    if (name.indexOf('\0') >= 0) {
      throw new IOException("has a zero byte in its name");
    }
    if (bytes(name) > limits.nameBytes()) {
      throw new IOException("has a name of more than " + limits.nameBytes() + " bytes");
    }
    List<String> parts = new ArrayList<>();
    for (String part : SLASH.split(name)) {
      if (part.equals("..")) {
        throw new IOException("leads out of its layer with \"..\"");
      }
      if (bytes(part) > LONGEST_PART) {
        throw new IOException("has a name with a part of more than " + LONGEST_PART + " bytes");
      }
      if (!part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.size() > limits.depth()) {
      throw new IOException("is deeper than " + limits.depth() + " directories");
    }
    return new EntryPath(parts);
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  boolean isRoot() {
    return parts.isEmpty();
  }

  /** The last name. */
  String name() {
    return parts.get(parts.size() - 1);
  }

  EntryPath parent() {
    return new EntryPath(parts.subList(0, parts.size() - 1));
  }

  EntryPath child(String name) {
    List<String> longer = new ArrayList<>(parts);
    longer.add(name);
    return new EntryPath(longer);
  }

  /** As the kernel takes it, relative to the root of the layer. */
  @Override
  public String toString() {
    return isRoot() ? "." : String.join("/", parts);
  }
}
