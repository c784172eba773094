package io.kuber.schema;

import java.util.List;

/**
 * A list.
 *
 * @param element what each element is
 * @param type how server-side apply merges the list
 * @param keys the fields that identify an element of a list of type {@link ListType#MAP}, otherwise
 *     empty
 * @param wrapped whether protobuf puts the list into a message of its own
 */
public record Listed(Shape element, ListType type, List<String> keys, boolean wrapped)
    implements Shape {
  public Listed {
    keys = List.copyOf(keys);
  }

  /** A plain list of {@code element}. */
  public static Listed of(Shape element) {
    return new Listed(element, ListType.UNSAID, List.of(), false);
  }

  /** Whether server-side apply replaces the list as a whole. */
  public boolean isAtomic() {
    return type == ListType.ATOMIC || type == ListType.UNSAID;
  }
}
