package io.kuber.managed;

import io.kuber.managed.PathElement.Keyed;
import io.kuber.managed.PathElement.Value;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of a list by what tells them apart: key fields, or in a set their value. */
final class Elements {
  private static final int[] NONE = {};

  private final Items items;
  private final List<PathElement> order = new ArrayList<>();

  /** Where each element stands; more than once only by mistake. */
  private final Map<PathElement, int[]> places = new HashMap<>();

  private Elements(Items items) {
    this.items = items;
  }

  /** The elements of a list that is not atomic; throws {@link MisfitException}. */
  static Elements of(@Nullable Object value, Listed list) {
    Items items = value instanceof Items given ? given : Items.EMPTY;
    Elements elements = new Elements(items);
    for (int i = 0; i < items.size(); i++) {
      elements.add(path(items.get(i), list), i);
    }
    return elements;
  }

  private void add(PathElement element, int index) {
    order.add(element);
    int[] before = places.get(element);
    int[] now = new int[before == null ? 1 : before.length + 1];
    if (before != null) {
      System.arraycopy(before, 0, now, 0, before.length);
    }
    now[now.length - 1] = index;
    places.put(element, now);
  }

  /** What tells the elements apart, in their order; duplicates are there as often as they stand. */
  List<PathElement> order() {
    return order;
  }

  /** What tells the elements apart, each once. */
  Iterable<PathElement> distinct() {
    return places.size() == order.size() ? order : places.keySet();
  }

  /** How often the element is in the list. */
  int count(PathElement element) {
    return places.getOrDefault(element, NONE).length;
  }

  /** The first such element, or null. */
  @Nullable Object first(PathElement element) {
    int[] found = places.get(element);
    return found == null ? null : items.get(found[0]);
  }

  /** All such elements in order. */
  List<Object> all(PathElement element) {
    List<Object> found = new ArrayList<>();
    for (int index : places.getOrDefault(element, NONE)) {
      found.add(items.get(index));
    }
    return found;
  }

  /** What tells this element from others. */
  static PathElement path(Object element, Listed list) {
    return list.keys().isEmpty() ? setElement(element) : keyed(element, list);
  }

  private static PathElement setElement(Object element) {
    if (element instanceof Tree) {
      throw new MisfitException("associative list without keys has an element that's a map type");
    }
    if (element instanceof Items) {
      throw new MisfitException("not supported: associative list with lists as elements");
    }
    if (element == Nil.NIL) {
      throw new MisfitException(
          "associative list without keys has an element that's an explicit null");
    }
    return new Value(element);
  }

  private static PathElement keyed(Object element, Listed list) {
    if (element == Nil.NIL) {
      throw new MisfitException("associative list with keys may not have a null element");
    }
    if (!(element instanceof Tree tree)) {
      throw new MisfitException("associative list with keys may not have non-map elements");
    }
    List<String> keys = list.keys();
    if (keys.size() == 1) {
      return new Keyed(Tree.of(keys.get(0), keyValue(tree, keys.get(0), list)));
    }
    Tree.Builder fields = Tree.builder();
    keys.stream().sorted().forEach(name -> fields.put(name, keyValue(tree, name, list)));
    return new Keyed(fields.build());
  }

  private static Object keyValue(Tree element, String name, Listed list) {
    Object value = element.get(name);
    if (value != null) {
      return value;
    }
    Field field = list.element() instanceof TypeSchema type ? type.field(name) : null;
    if (field != null && field.facts().defaultValue().isPresent()) {
      return field.facts().defaultValue().get();
    }
    throw new MisfitException(
        "associative list with keys has an element that omits key field "
            + Quoted.text(name)
            + " (and doesn't have default value)");
  }
}
