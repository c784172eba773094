package io.kuber.patch;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the elements of a merged list into order: those that the patch names stand as the patch has
 * them, and the others stay before the elements that they stood before. Elements that are new in
 * the patch therefore come first, as in Kubernetes.
 */
final class ElementOrder {
  private ElementOrder() {}

  /**
   * The elements in their new order.
   *
   * @param merged the elements
   * @param wanted elements, or values of the key, in the order that the patch asks for
   * @param before the list before the patch
   * @param key the field that identifies an element; empty for lists of values
   */
  static Items enforce(Items merged, Items wanted, Items before, String key) {
    Map<Object, Integer> places = places(wanted, key);
    Map<Object, Integer> oldPlaces = places(before, key);
    List<Object> named = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    for (Object element : merged) {
      (places.containsKey(identity(element, key)) ? named : others).add(element);
    }
    named.sort(Comparator.comparing(element -> places.get(identity(element, key))));
    return weave(others, named, oldPlaces, key);
  }

  /** Each of {@code others} goes before the first of {@code named} that it stood before. */
  private static Items weave(
      List<Object> others, List<Object> named, Map<Object, Integer> oldPlaces, String key) {
    List<Object> woven = new ArrayList<>(others.size() + named.size());
    int next = 0;
    for (Object element : named) {
      Integer place = oldPlaces.get(identity(element, key));
      while (place != null && next < others.size()) {
        Integer other = oldPlaces.get(identity(others.get(next), key));
        if (other == null || other > place) {
          break;
        }
        woven.add(others.get(next++));
      }
      woven.add(element);
    }
    woven.addAll(others.subList(next, others.size()));
    return Items.copyOf(woven);
  }

  private static Map<Object, Integer> places(Items list, String key) {
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      places.putIfAbsent(identity(list.get(i), key), i);
    }
    return places;
  }

  private static Object identity(Object element, String key) {
    Object value = !key.isEmpty() && element instanceof Tree tree ? tree.get(key) : null;
    return value == null ? element : value;
  }

  /** Refuses a patch whose list does not follow the order that the patch itself asks for. */
  static void check(Tree patch, Items list, Field field) {
    String directive = Directives.SET_ELEMENT_ORDER + field.name();
    if (!patch.has(directive)) {
      return;
    }
    String key = field.facts().mergeKey();
    Map<Object, Integer> places = places(Directives.items(patch, directive), key);
    int last = -1;
    for (Object element : list) {
      if (Directives.of(element).equals("merge")) {
        Integer place = places.get(identity(element, key));
        if (place == null || place < last) {
          throw PatchException.malformed(
              "The order in patch list: "
                  + list
                  + " doesn't match "
                  + directive
                  + " list: "
                  + patch.get(directive));
        }
        last = place;
      }
    }
  }
}
